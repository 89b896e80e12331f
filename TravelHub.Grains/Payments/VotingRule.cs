namespace TravelHub.Grains.Payments;

/// <summary>How many replicas of a group are asked, and how many must say the same.</summary>
internal sealed record VotingRule(int Replicas, int Quorum)
{
    /// <summary>What two faulty replicas cannot move.</summary>
    public static readonly VotingRule Majority = new(Ballot.Replicas, Ballot.Quorum);

    /// <summary>One replica is believed: no vote at all.</summary>
    public static readonly VotingRule Alone = new(1, 1);
}
