using TravelHub.Lab.Checks;
using TravelHub.Lab.Logs;

namespace TravelHub.Lab.Tests.Checks;

public sealed class RestChecksTests
{
    private const string HasEnded = "every booking has ended";
    private const string RoomsFit = "the rooms of confirmed reservations are sold, and those of ended ones are free";

    [Fact]
    public void Of_AllIsWell_Holds() => Assert.All(RestChecks.Of(SmallRun.Log()), check => Assert.True(check.Holds));

    [Theory]
    [InlineData("pending")]
    [InlineData("held")]
    [InlineData("declined")]
    [InlineData("cancelling")]
    public void Of_NotEnded_IsFound(string status) =>
        Broken(HasEnded, SmallRun.Log(SmallRun.TheConfirmed, SmallRun.TheCancelled, SmallRun.TheSoldOut with { Status = status }), $"is {status}");

    [Theory]
    [InlineData("held")]
    [InlineData("released")]
    public void Of_ConfirmedIsNotSold_IsFound(string fate) => Broken(RoomsFit, With(SmallRun.TheSold with { Fate = fate }, SmallRun.TheReleased), $"is {fate}");

    [Theory]
    [InlineData("held")]
    [InlineData("sold")]
    public void Of_EndedIsNotFree_IsFound(string fate) => Broken(RoomsFit, With(SmallRun.TheSold, SmallRun.TheReleased with { Fate = fate }), $"is {fate}");

    [Fact]
    public void Of_HoldOfNobody_IsFound() =>
        Broken(RoomsFit, With(SmallRun.TheSold, SmallRun.TheReleased, new ReplayedHold(SmallRun.Inventory, Guid.Empty, 0, "held")), "unknown");

    [Fact]
    public void Of_ConfirmedWithoutAHold_IsFound() => Broken(RoomsFit, With(SmallRun.TheReleased), "has no hold");

    [Theory]
    [InlineData("1 from 2031-03-01 to 2031-03-03")]
    [InlineData("2 from 2031-03-01 to 2031-03-02")]
    public void Of_OtherRoomsOrNightsThanAskedFor_IsFound(string held)
    {
        var asked = SmallRun.Log(SmallRun.TheConfirmed with { Terms = ["2 from 2031-03-01 to 2031-03-03"] });

        Broken("the rooms of confirmed reservations are those that were asked for", asked with { Holds = [SmallRun.TheSold with { Terms = held }] }, $"has {held}");
    }

    [Fact]
    public void Of_StreamThatDoesNotReplay_IsFound() =>
        Broken("every stream can be replayed", SmallRun.Log() with { Broken = ["inventory/x: 4 rooms taken of 3"] }, "4 rooms");

    private static ReplayedLog With(params ReplayedHold[] holds) => SmallRun.Log() with { Holds = holds };

    private static void Broken(string name, ReplayedLog log, string words)
    {
        var check = RestChecks.Of(log).Single(check => check.Name == name);
        Assert.False(check.Holds);
        Assert.Contains(words, Assert.Single(check.Offenders), StringComparison.Ordinal);
    }
}
