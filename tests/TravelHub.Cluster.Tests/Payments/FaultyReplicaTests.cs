using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Cluster.Tests.Payments;

/// <summary>The tactic that the system rests on when replicas lie: the customer pays the right amount, and the liars are named and nobody else.</summary>
public sealed class FaultyReplicaTests(FaultCluster cluster) : IClassFixture<FaultCluster>
{
    private static readonly int[] All = [1, 2, 3, 4, 5];

    private static readonly (ReplicaFaultKind Kind, int Parameter, string[] Named)[] Faults =
    [
        (ReplicaFaultKind.WrongByFactor, 10, ["WrongValue"]),
        (ReplicaFaultKind.OffByOne, 1, ["WrongValue"]),
        (ReplicaFaultKind.Silent, 1, ["Omission"]),
        (ReplicaFaultKind.Slow, 340, ["Late", "Omission"]),   // how late it is found depends on how fast its silo answers
        (ReplicaFaultKind.Malformed, 1, ["Malformed"]),
        (ReplicaFaultKind.Equivocating, 1, ["Equivocation", "WrongValue"]),   // whichever shows first
        (ReplicaFaultKind.Colluding, 7, ["WrongValue"]),
    ];

    /// <summary>One or two replicas × each kind of fault of either × from the start or under way. Whoever is faulty is found by votes alone.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Vote_OneOrTwoFaultyReplicas_PaysTheRightAmountAndNamesThemAlone(bool fromTheStart)
    {
        const int OneIn = 7;   // of the pairs; 1 plays them all, which takes a minute
        var scenes = Scenes().ToList();
        Assert.Equal(5 * 7 + 10 * 7 * 7, scenes.Count);

        // Each combination of kinds is among them: the numbers alone, which stand beside each, take all remainders.
        var played = scenes.Where(s => s.Length == 1
            || (s[0].Fault + (3 * s[1].Fault) + (5 * s[0].Number) + s[1].Number) % OneIn == (fromTheStart ? 0 : OneIn / 2)).ToList();
        Assert.Equal(Faults.Length * Faults.Length, played.Where(s => s.Length == 2).Select(s => (s[0].Fault, s[1].Fault)).Distinct().Count());
        await Parallel.ForEachAsync(played, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (scene, _) => await Play(scene, fromTheStart));
    }

    [Fact]
    public async Task Vote_ThreeColluders_Win()
    {
        var group = FaultCluster.NewGroup();
        foreach (var number in new[] { 1, 2, 3 })
            await cluster.Lie(group, number, ReplicaFaultKind.Colluding, 7);

        var outcome = Assert.IsType<VoteOutcome.Decided>(await cluster.Vote(group, Input(100)));

        Assert.Equal(207, outcome.Verdict.AmountMinor);
    }

    [Fact]
    public async Task Vote_ThreeLiarsOfTheirOwn_DecidesNothing()
    {
        var group = FaultCluster.NewGroup();
        foreach (var number in new[] { 1, 2, 3 })
            await cluster.Lie(group, number, ReplicaFaultKind.WrongByFactor, 10 + number);

        Assert.Equal(new VoteOutcome.NoMajority(5), await cluster.Vote(group, Input(100)));
        Assert.Equal(All, await cluster.Health(group).Voters());
    }

    /// <summary>One that is honest has no vote while two begin to lie: those who vote decide nothing, and so judge nobody, until it has its vote back.</summary>
    [Fact]
    public async Task Run_TwoLieWhileAnHonestOneIsOut_ItComesBackAndTheyAreFound()
    {
        const int group = 1;   // operators know of those alone that reservations are spread over
        Assert.Null(await cluster.Health(group).Quarantine(1, "ann"));
        await cluster.Vote(group, Input(100));
        await cluster.Lie(group, 2, ReplicaFaultKind.OffByOne);
        await cluster.Lie(group, 3, ReplicaFaultKind.WrongByFactor);

        await cluster.ProbeUntilVoters(group, 1, 4, 5);
    }

    /// <summary>A voter that decides nothing has nothing to report, and is told of no change: it asks.</summary>
    [Fact]
    public async Task Vote_ThreeWereOutAndAreBack_DecidesAgain()
    {
        const int group = 2;
        await cluster.Vote(group, Input(100));
        foreach (var number in new[] { 1, 2, 3 })
            Assert.Null(await cluster.Health(group).Quarantine(number, "ann"));
        await UntilIs<VoteOutcome.NoMajority>(group);
        foreach (var number in new[] { 1, 2, 3 })
            Assert.Null(await cluster.Health(group).Reinstate(number, "ann"));

        await UntilIs<VoteOutcome.Decided>(group);
    }

    [Fact]
    public async Task Run_NoTraffic_FindsTheLiar()
    {
        var group = FaultCluster.NewGroup();
        await cluster.Lie(group, 4, ReplicaFaultKind.OffByOne);

        await cluster.ProbeUntilVoters(group, 1, 2, 3, 5);
    }

    /// <summary>Quarantined, it votes as a shadow; honest again, it proves itself by probes alone and is tested.</summary>
    [Fact]
    public async Task Run_LiarIsHonestAgain_ReturnsWhenItHasProvedItself()
    {
        var group = FaultCluster.NewGroup();
        await cluster.Lie(group, 2, ReplicaFaultKind.WrongByFactor);
        await cluster.ProbeUntilVoters(group, 1, 3, 4, 5);

        await cluster.BeHonest(group, 2);
        await cluster.ProbeUntilVoters(group, All);

        var replica = (await cluster.Health(group).Replicas())[1];
        Assert.Equal((true, 1), (replica.IsVoting, replica.Quarantines));
        Assert.True(replica.Seen[Sighting.Matching] >= 50);
    }

    [Fact]
    public async Task Quarantine_ByHand_TakesTheVoteAndReinstateGivesItBack()
    {
        var group = 0;   // one that operators see
        Assert.Null(await cluster.Health(group).Quarantine(5, "ann"));
        Assert.Equal([1, 2, 3, 4], await cluster.Health(group).Voters());
        Assert.Equal("operator ann", (await cluster.Health(group).AllReplicas()).Single(r => (r.Group, r.Number) == (0, 5)).Why);

        Assert.Null(await cluster.Health(group).Reinstate(5, "ann"));
        Assert.Equal(All, await cluster.Health(group).Voters());
        Assert.Equal("unknown-replica", (await cluster.Health(group).Quarantine(6, "ann"))?.Code);
    }

    private async Task Play((int Number, int Fault)[] scene, bool fromTheStart)
    {
        var group = FaultCluster.NewGroup();
        var amount = 1_000L;
        if (!fromTheStart)
            await Pay(group, amount++);
        foreach (var (number, fault) in scene)
            await cluster.Lie(group, number, Faults[fault].Kind, Faults[fault].Parameter);

        var liars = scene.Select(s => s.Number).ToHashSet();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await cluster.Health(group).Voters()).SequenceEqual(All.Where(n => !liars.Contains(n))))
        {
            await Pay(group, amount++);
            patience.Token.ThrowIfCancellationRequested();
        }

        await Pay(group, amount);
        var five = await cluster.Health(group).Replicas();
        Assert.All(scene, s => Assert.Contains(five[s.Number - 1].Why, Faults[s.Fault].Named));
        Assert.All(five.Where(r => !liars.Contains(r.Number)), r => Assert.Equal((true, null, 0), (r.IsVoting, r.Why, r.Quarantines)));
        foreach (var number in liars)
            await cluster.BeHonest(group, number);   // whoever is silent is asked for ever
    }

    private async Task Pay(int group, long amountMinor)
    {
        var outcome = Assert.IsType<VoteOutcome.Decided>(await cluster.Vote(group, Input(amountMinor)));
        Assert.Equal(amountMinor, outcome.Verdict.AmountMinor);
    }

    private static PaymentInput Input(long amountMinor) => new("EUR", [new PaymentLine([amountMinor], 1, 0)], "tok_ok");

    private static IEnumerable<(int Number, int Fault)[]> Scenes()
    {
        for (var one = 1; one <= 5; one++)
        {
            for (var fault = 0; fault < Faults.Length; fault++)
            {
                yield return [(one, fault)];
                for (var other = one + 1; other <= 5; other++)
                {
                    for (var another = 0; another < Faults.Length; another++)
                        yield return [(one, fault), (other, another)];
                }
            }
        }
    }

    // The voter hears of a change with what it reports of its votes, or asks for it and is answered in time.
    private async Task UntilIs<TOutcome>(int group) where TOutcome : VoteOutcome
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        for (var amount = 1_000; await cluster.Vote(group, Input(amount)) is not TOutcome; amount++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
