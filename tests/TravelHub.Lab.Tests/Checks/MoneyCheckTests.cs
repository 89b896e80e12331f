using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Checks;

namespace TravelHub.Lab.Tests.Checks;

public sealed class MoneyCheckTests
{
    [Fact]
    public void Of_AllIsWell_Holds() => Assert.True(MoneyCheck.Of(SmallRun.Log(), SmallRun.Charges).Holds);

    [Fact]
    public void Of_ChargedTwice_IsFound() => Broken([.. SmallRun.Charges, SmallRun.Charges[0] with { ChargeId = "c-3" }], "charged 2 times");

    [Fact]
    public void Of_ChargeUnknownToTheLog_IsFound() =>
        Broken([.. SmallRun.Charges, SmallRun.Charges[0] with { Reservation = SmallRun.SoldOut }], $"took {SmallRun.PriceMinor}, the log says");

    [Fact]
    public void Of_PaidInTheLogAlone_IsFound() => Broken([SmallRun.Charges[1]], $"the log says {SmallRun.PriceMinor}");

    [Fact]
    public void Of_OtherAmount_IsFound() => Broken([SmallRun.Charges[0] with { AmountMinor = 1 }, SmallRun.Charges[1]], "took 1");

    [Fact]
    public void Of_RefundUnknownToTheLog_IsFound() => Broken([SmallRun.Charges[0] with { RefundedMinor = 5 }, SmallRun.Charges[1]], "gave back 5");

    [Fact]
    public void Of_CancelledAndNotGivenBack_IsFound()
    {
        var log = SmallRun.Log(SmallRun.TheConfirmed, SmallRun.TheCancelled with { RefundedMinor = [] }, SmallRun.TheSoldOut);

        var check = MoneyCheck.Of(log, [SmallRun.Charges[0], SmallRun.Charges[1] with { RefundedMinor = 0 }]);

        Assert.Contains("was kept", Assert.Single(check.Offenders), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DeclinedCharge_IsNoCharge() =>
        Assert.True(MoneyCheck.Of(SmallRun.Log(), [.. SmallRun.Charges, new ProviderCharge(SmallRun.SoldOut, "c-4", "declined", null, null, 0)]).Holds);

    private static void Broken(IReadOnlyList<ProviderCharge> charges, string words)
    {
        var check = MoneyCheck.Of(SmallRun.Log(), charges);
        Assert.False(check.Holds);
        Assert.Contains(words, Assert.Single(check.Offenders), StringComparison.Ordinal);
    }
}
