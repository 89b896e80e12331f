using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Tests.Payments;

public sealed class BallotTests
{
    private readonly Ballot _ballot = new(new PaymentInput("EUR", []));

    [Fact]
    public async Task Take_ThirdEqualVerdict_Decides()
    {
        Take(100, 100, null);
        Assert.False(_ballot.Outcome.IsCompleted);

        Take(100);

        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await _ballot.Outcome);
    }

    [Fact]
    public async Task Take_TwoWrongOnes_AreOutvoted()
    {
        Take(7, 100, 7, 100, 100);

        Assert.Equal(new VoteOutcome.Decided(Of(100), 3), await _ballot.Outcome);
    }

    [Theory]
    [InlineData(100L, 100L, 7L, 7L, null)]
    [InlineData(1L, 2L, 3L, 4L, 5L)]
    [InlineData(100L, 100L, null, null, null)]
    public async Task Take_NoThreeEqual_IsNoMajority(params long?[] amounts)
    {
        Take(amounts);

        Assert.Equal(new VoteOutcome.NoMajority(amounts.Count(a => a is not null)), await _ballot.Outcome);
    }

    private void Take(params long?[] amounts)
    {
        foreach (var amount in amounts)
            _ballot.Take(amount is { } some ? Of(some) : null);
    }

    private static Verdict Of(long amountMinor) => new(amountMinor, "EUR", 1, "hash");
}
