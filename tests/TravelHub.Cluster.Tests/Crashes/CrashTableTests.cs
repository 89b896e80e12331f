using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Faults;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>Crash anywhere: a silo kills itself at each row's failpoint, and the log, the owner's list and the provider's store end as they must.</summary>
public sealed class CrashTableTests(CrashFixture fixture) : IClassFixture<CrashFixture>
{
    public static TheoryData<string> Rows => [.. CrashTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Crash_AtTheRowsFailpoint_EndsAsTheTableSays(string name)
    {
        var row = CrashTable.Rows.Single(r => r.Name == name);
        var outcome = await fixture.Outcome(name);   // throws when the failpoint never fired

        Assert.Equal(row.End, CrashInvariants.End(outcome.Evidence));
        CrashInvariants.Check(outcome.Evidence, stays: row.Scene.Stays);
        if (row.Scene == CrashScene.CancelWhileCharging)   // else it would do as well to cancel beside a charge that is then refused
        {
            Assert.Equal([("captured", 36_000L)], outcome.Evidence.Charges);
            Assert.Equal(36_000, outcome.Evidence.GivenBackMinor);
        }

        Assert.Equal(row.Finish == Finish.Retry ? row.Answer ?? row.End : null, outcome.Answer);
        Assert.Equal(outcome.Evidence.Left, outcome.Left);
        // What was acknowledged is there. A hold is kept for its time only.
        Assert.Contains(outcome.Acknowledged, new[] { null, row.End, ReservationStatus.Held });
    }

    [Fact]
    public void Failpoints_Each_HasARow() =>
        Assert.Empty(Failpoints.Names.Except(CrashTable.Rows.SelectMany(row => new[] { row.Failpoint, row.DiesAgain ?? row.Failpoint })));
}
