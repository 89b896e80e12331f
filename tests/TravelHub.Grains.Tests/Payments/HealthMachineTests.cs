using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class HealthMachineTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly PaymentOptions Options = new();

    [Theory]
    [InlineData(Sighting.Equivocation, 1)]
    [InlineData(Sighting.WrongValue, 2)]
    [InlineData(Sighting.Malformed, 2)]
    [InlineData(Sighting.Omission, 3)]
    [InlineData(Sighting.Late, 3)]
    public void Observe_FaultAsOftenAsItIsBorne_Quarantines(Sighting fault, int times)
    {
        var before = See(new ReplicaHealth(), Enumerable.Repeat(fault, times - 1));
        var after = See(before, [fault]);

        Assert.True(before.IsVoting);
        Assert.Equal((false, fault.ToString(), 1), (after.IsVoting, after.Why, after.Quarantines));
        Assert.NotNull(after.Since);
    }

    [Fact]
    public void Observe_Absent_AccusesNobody() =>
        Assert.True(See(new ReplicaHealth(), Enumerable.Repeat(Sighting.Absent, 1_000)).IsVoting);

    /// <summary>An answer in time ends a row of omissions; a wrong value is never undone by right ones.</summary>
    [Fact]
    public void Observe_MatchingBetween_ForgivesOmissionsAlone()
    {
        Assert.True(See(new ReplicaHealth(), [Sighting.Omission, Sighting.Late, Sighting.Matching, Sighting.Omission, Sighting.Late]).IsVoting);
        Assert.False(See(new ReplicaHealth(), [Sighting.WrongValue, Sighting.Matching, Sighting.WrongValue]).IsVoting);
    }

    /// <summary>All voters, and all ballots of a call, miss the same answer: that is one silence.</summary>
    [Fact]
    public void Observe_OmissionsOfTheSameMoment_CountOnce()
    {
        var replica = HealthMachine.Observe(new ReplicaHealth(), new Sighted(Sighting.Omission, 8), Now, Options);
        replica = HealthMachine.Observe(replica, new Sighted(Sighting.Late, 2), Now + (Options.OmissionsApart / 2), Options);

        Assert.Equal((true, 1), (replica.IsVoting, replica.OmissionsInARow));
    }

    /// <summary>A replica can't get around its limit by taking turns.</summary>
    [Fact]
    public void Observe_LateAndOmissionInTurns_IsOneRow() =>
        Assert.False(See(new ReplicaHealth(), [Sighting.Late, Sighting.Omission, Sighting.Late]).IsVoting);

    [Fact]
    public void IsTestDue_AfterFiftyMatchesInARow_AndMoreAfterEachRelapse()
    {
        var replica = new ReplicaHealth();
        foreach (var needed in new[] { 50, 100, 200, 400, 800, 800 })
        {
            replica = HealthMachine.Quarantine(replica, "test", Now);
            Assert.Equal(needed, HealthMachine.MatchingNeeded(replica, Options));

            replica = Match(replica, needed - 1);
            replica = See(replica, [Sighting.Omission]);
            replica = Match(replica, needed - 1);
            Assert.False(HealthMachine.IsTestDue(replica, isDecided: true, Options));

            replica = Match(replica, 1);
            Assert.True(HealthMachine.IsTestDue(replica, isDecided: true, Options));
            replica = HealthMachine.Reinstate(replica, Now);
            Assert.False(HealthMachine.IsTestDue(replica, isDecided: true, Options));
        }
    }

    /// <summary>Without a majority no vote is decided, and nobody could ever match one.</summary>
    [Fact]
    public void IsTestDue_NothingIsDecided_AtOnce()
    {
        var replica = HealthMachine.Quarantine(new ReplicaHealth(), "test", Now);

        Assert.Equal([false, true], [HealthMachine.IsTestDue(replica, isDecided: true, Options), HealthMachine.IsTestDue(replica, isDecided: false, Options)]);
    }

    [Fact]
    public void ReinstateByHand_AfterRelapses_WipesTheSlate()
    {
        var relapsed = HealthMachine.Quarantine(HealthMachine.Quarantine(new ReplicaHealth(), "test", Now), "test", Now);

        Assert.Equal(50, HealthMachine.MatchingNeeded(HealthMachine.Quarantine(HealthMachine.ReinstateByHand(relapsed, Now), "test", Now), Options));
    }

    [Fact]
    public void MayMove_NotWhileItOwesAnAnswer()
    {
        var silent = See(new ReplicaHealth(), [Sighting.Omission]);

        Assert.True(HealthMachine.MayMove(new ReplicaHealth()));
        Assert.False(HealthMachine.MayMove(silent));
        Assert.True(HealthMachine.MayMove(See(silent, [Sighting.Matching])));
        Assert.True(HealthMachine.MayMove(See(new ReplicaHealth(), [Sighting.WrongValue, Sighting.WrongValue])));   // in quarantine, and yet it answers
    }

    [Fact]
    public void IsSuspect_OnlyWhileThereIsReason()
    {
        var wrong = See(new ReplicaHealth(), [Sighting.WrongValue]);

        Assert.False(HealthMachine.IsSuspect(Match(new ReplicaHealth(), 1), Options));
        Assert.True(HealthMachine.IsSuspect(wrong, Options));
        Assert.False(HealthMachine.IsSuspect(Match(wrong, Options.MatchingToReturn), Options));
        Assert.True(HealthMachine.IsSuspect(See(new ReplicaHealth(), [Sighting.Late]), Options));
        Assert.True(HealthMachine.IsSuspect(HealthMachine.Quarantine(new ReplicaHealth(), "test", Now), Options));
    }

    private static ReplicaHealth See(ReplicaHealth replica, IEnumerable<Sighting> sightings) =>
        sightings.Aggregate(replica, (r, what) => HealthMachine.Observe(r, new Sighted(what, 1), r.OmittedAt + Options.OmissionsApart ?? Now, Options));

    private static ReplicaHealth Match(ReplicaHealth replica, int times) => HealthMachine.Observe(replica, new Sighted(Sighting.Matching, times), Now, Options);
}
