using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class BallotTests
{
    private static readonly PaymentInput Input = new("EUR", [new PaymentLine([100], 1, 0)]);

    private readonly List<(int Number, Sighting What)> _seen = [];
    private readonly Ballot _ballot;

    public BallotTests() => _ballot = Open(1, 2, 3, 4, 5);

    [Fact]
    public async Task Take_ThirdEqualVerdict_Decides()
    {
        TakeAll(100, 100, null);
        Assert.False(_ballot.Outcome.IsCompleted);

        Take(4, 100);

        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await _ballot.Outcome);
        Assert.False(_ballot.IsClosed);
    }

    [Fact]
    public async Task Take_TwoWrongOnes_AreOutvotedAndNamed()
    {
        TakeAll(7, 100, 7, 100, 100);

        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await _ballot.Outcome);
        Assert.Equal(
            [(1, Sighting.WrongValue), (2, Sighting.Matching), (3, Sighting.WrongValue), (4, Sighting.Matching), (5, Sighting.Matching)], _seen);
    }

    /// <summary>The decision waits for nobody, but who speaks up after it is heard.</summary>
    [Fact]
    public async Task Take_DissentAfterTheDecision_IsNamed()
    {
        TakeAll(100, 100, 100, 100);
        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await _ballot.Outcome);

        Take(5, 99);

        Assert.Equal((5, Sighting.WrongValue), _seen[^1]);
        Assert.True(_ballot.IsClosed);
    }

    [Theory]
    [InlineData(100L, 100L, 7L, 7L, null)]
    [InlineData(1L, 2L, 3L, 4L, 5L)]
    [InlineData(100L, 100L, null, null, null)]
    public async Task Take_NoThreeEqual_DecidesNothingAndAccusesNobody(params long?[] amounts)
    {
        TakeAll(amounts);

        Assert.Equal(new VoteOutcome.NoMajority(amounts.Count(a => a is not null)), await _ballot.Outcome);
        Assert.Empty(_seen);
        Assert.True(_ballot.IsClosed);
    }

    /// <summary>What the plan says too: three that collude win.</summary>
    [Fact]
    public async Task Take_ThreeColluders_WinAndTheHonestAreNamed()
    {
        TakeAll(7, 7, 7, 100, 100);

        Assert.Equal(new VoteOutcome.Decided(Of(7), 3), await _ballot.Outcome);
        Assert.Equal([4, 5], _seen.Where(s => s.What == Sighting.WrongValue).Select(s => s.Number));
    }

    [Fact]
    public async Task Take_QuarantinedReplica_IsJudgedAndNotCounted()
    {
        var ballot = Open(1, 2, 3);
        Take(ballot, 4, 100);
        Take(ballot, 5, 100);
        Take(ballot, 1, 100);
        Take(ballot, 2, 100);
        Assert.False(ballot.Outcome.IsCompleted);

        Take(ballot, 3, 100);

        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await ballot.Outcome);
        Assert.Equal([1, 2, 3, 4, 5], _seen.Where(s => s.What == Sighting.Matching).Select(s => s.Number));
    }

    [Fact]
    public async Task Take_FewerThanThreeVoters_FailsSafe()
    {
        var ballot = Open(1, 2);
        for (var number = 1; number <= Ballot.Replicas; number++)
            Take(ballot, number, 100);

        Assert.Equal(new VoteOutcome.NoMajority(5), await ballot.Outcome);
    }

    [Fact]
    public async Task Take_VerdictOnAnotherInput_IsMalformedAndNoVote()
    {
        TakeAll(100, 100);
        _ballot.Take(3, Of(100) with { InputHash = "another" }, TimeSpan.Zero);
        Assert.False(_ballot.Outcome.IsCompleted);
        Take(4, 100);

        Assert.IsType<VoteOutcome.Decided>(await _ballot.Outcome);
        Assert.Equal((3, Sighting.Malformed), _seen[0]);
    }

    /// <summary>Late and right is late alone; late and wrong is both.</summary>
    [Fact]
    public void Take_AfterItWasFoundLate_IsJudgedByItsValueToo()
    {
        TakeAll(100, 100, 100);
        _ballot.Mark(4, Sighting.Late);
        _ballot.Mark(5, Sighting.Omission);
        _seen.Clear();

        Take(4, 100);
        Take(5, 99);

        Assert.Equal([(5, Sighting.WrongValue)], _seen);
    }

    /// <summary>The lab's control: one is believed, whatever it says.</summary>
    [Fact]
    public async Task Take_OneReplicaAlone_IsBelieved()
    {
        var ballot = new Ballot(new VoteRequest(Input, Guid.Empty, 1), VotingRule.Alone, [1], (_, _) => { });

        ballot.Take(1, Of(7), TimeSpan.Zero);

        Assert.Equal(new VoteOutcome.Decided(Of(7), 1), await ballot.Outcome);
        Assert.True(ballot.IsClosed);
    }

    private Ballot Open(params int[] voters) => new(new VoteRequest(Input, Guid.Empty, 1), VotingRule.Majority, [.. voters], (number, what) => _seen.Add((number, what)));

    private void TakeAll(params long?[] amounts)
    {
        for (var i = 0; i < amounts.Length; i++)
            Take(i + 1, amounts[i]);
    }

    private void Take(int number, long? amount) => Take(_ballot, number, amount);

    private static void Take(Ballot ballot, int number, long? amount) => ballot.Take(number, amount is { } some ? Of(some) : null, TimeSpan.Zero);

    private static Verdict Of(long amountMinor) => new(amountMinor, "EUR", PriceRules.Version, PriceRules.Hash(Input));
}
