using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>Asks the five replicas of a group and decides. Its key is the group's number. Trusted and without state; it never charges.</summary>
[Alias("travelhub.voting")]
public interface IVotingGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Decides at the third identical verdict and does not wait for the rest, but listens on until their time is up: who dissents late is
    /// named all the same. Replicas in quarantine are asked and not counted.
    /// </summary>
    /// <returns>The verdict, or that no three agree; then nothing may be charged.</returns>
    [Alias("vote"), AlwaysInterleave]
    Task<VoteOutcome> Vote(VoteRequest request);

    /// <summary>Votes on made-up inputs that look like the payments seen before, so that a fault shows without any. Nothing is charged by it.</summary>
    [Alias("probe"), AlwaysInterleave]
    Task<VoteOutcome> Probe();
}

/// <summary>What is voted on, and for which payment.</summary>
/// <param name="Attempt">The reservation's attempt to pay, from 1; 0 while nothing is to be paid yet.</param>
[GenerateSerializer, Immutable, Alias("travelhub.vote-request.v1")]
public sealed record VoteRequest([property: Id(0)] PaymentInput Input, [property: Id(1)] Guid Reservation, [property: Id(2)] int Attempt);

/// <summary>What became of a vote.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.vote-outcome.v1")]
public abstract record VoteOutcome
{
    /// <summary>At least three replicas gave this verdict.</summary>
    /// <param name="Agreeing">How many had given it when the decision fell, 3 to 5.</param>
    [GenerateSerializer, Immutable, Alias("travelhub.vote-outcome.decided.v1")]
    public sealed record Decided([property: Id(0)] Verdict Verdict, [property: Id(1)] int Agreeing) : VoteOutcome;

    /// <summary>No three verdicts are equal: nothing may be charged.</summary>
    /// <param name="Answers">How many replicas answered at all.</param>
    [GenerateSerializer, Immutable, Alias("travelhub.vote-outcome.no-majority.v1")]
    public sealed record NoMajority([property: Id(0)] int Answers) : VoteOutcome;
}
