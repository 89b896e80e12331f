using System.Collections.Immutable;

namespace TravelHub.Grains.Payments;

/// <summary>How many replicas of a group are asked, and how many must say the same.</summary>
internal sealed record VotingRule(int Replicas, int Quorum)
{
    /// <summary>What two faulty replicas cannot move.</summary>
    public static readonly VotingRule Majority = new(Ballot.Replicas, Ballot.Quorum);

    /// <summary>One replica is believed, whatever is known of it: no vote at all.</summary>
    public static readonly VotingRule Alone = new(1, 1);

    private static readonly ImmutableArray<int> OnlyOne = [1];

    /// <summary>Whose verdicts count, by number from 1.</summary>
    /// <param name="trusted">Who is not in quarantine.</param>
    public ImmutableArray<int> Voters(ImmutableArray<int> trusted) => Replicas == 1 ? OnlyOne : trusted;
}
