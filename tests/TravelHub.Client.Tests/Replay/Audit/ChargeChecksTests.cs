using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Tests.Replay.Audit;

/// <summary>The provider's store is a real SQLite file, so that its reader is seen working too.</summary>
public sealed class ChargeChecksTests : IDisposable
{
    private const int ChargedOnce = 0;
    private const int Refunded = 1;
    private const int NobodyElse = 2;

    private static readonly Guid[] All = [AuditSample.Stay, AuditSample.Free, AuditSample.Cancelled, AuditSample.SoldOut];

    private readonly HandWrittenStore _store = new();
    private readonly List<AcceptedBooking> _accepted = AuditSample.Accepted(AuditSample.Plan("run")).ToList();
    private long _loggedRefund = AuditSample.TotalMinor;

    public ChargeChecksTests()
    {
        _store.Charge("c1", AuditSample.Stay);
        _store.Charge("c2", AuditSample.Cancelled);
        _store.Charge("c0", AuditSample.Stay, status: "declined");
        _store.Write("INSERT INTO refunds VALUES ('r1', 'c2', 16000, 'EUR')");
        _store.Charge("elsewhere", Guid.NewGuid(), 7);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Of_RightCharges_AllHold() => Assert.All(Checks(), check => Assert.True(check.Holds, check.Name));

    [Fact]
    public void Of_ChargedTwice_Fails()
    {
        _store.Charge("c3", AuditSample.Stay);
        AssertOnly(ChargedOnce);
    }

    [Fact]
    public void Of_NotCharged_Fails()
    {
        _store.Write("UPDATE charges SET status = 'voided' WHERE charge_id = 'c1'");
        AssertOnly(ChargedOnce);
    }

    [Theory]
    [InlineData("amount_minor = 15999")]
    [InlineData("currency = 'USD'")]
    public void Of_AnotherAmount_Fails(string change)
    {
        _store.Write($"UPDATE charges SET {change} WHERE charge_id = 'c1'");
        AssertOnly(ChargedOnce);
    }

    [Fact]
    public void Of_FreeStayCharged_Fails()
    {
        _store.Charge("c3", AuditSample.Free, 1);
        AssertOnly(ChargedOnce);
    }

    [Fact]
    public void Of_SoldOutRowCharged_Fails()
    {
        _store.Charge("c3", AuditSample.SoldOut);
        AssertOnly(NobodyElse);
    }

    [Theory]
    [InlineData("UPDATE refunds SET amount_minor = 15999")]
    [InlineData("DELETE FROM refunds")]
    [InlineData("INSERT INTO refunds VALUES ('r2', 'c2', 1, 'EUR')")]
    [InlineData("INSERT INTO refunds VALUES ('r2', 'c1', 1, 'EUR')")]
    [InlineData("UPDATE refunds SET charge_id = 'c0' WHERE charge_id = 'c2'")]
    public void Of_RefundUnlikeTheLog_Fails(string change)
    {
        _store.Write(change);
        AssertOnly(Refunded);
    }

    [Fact]
    public void Of_LogAndProviderAgreeOnTooLittle_Fails()
    {
        _store.Write("UPDATE refunds SET amount_minor = 8000");
        _loggedRefund = 8000;
        AssertOnly(Refunded);
    }

    private List<CheckResult> Checks()
    {
        var logged = All.Select(id => new LoggedReservation(id, 1, null, null, 0, id == AuditSample.Cancelled ? _loggedRefund : 0, true));
        return ChargeChecks.Of(_accepted, logged.ToList(), _store.Reader.Charges(All)).ToList();
    }

    private void AssertOnly(int failing)
    {
        var checks = Checks();
        Assert.Equal([failing], Enumerable.Range(0, checks.Count).Where(i => checks[i].Holds == false));
        Assert.NotEmpty(checks[failing].Offenders);
    }
}
