using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>One vote on a payment, as it is on record.</summary>
/// <param name="Attempt">The attempt to pay, from 1; 0 while nothing was to be paid yet.</param>
/// <param name="At">When the last replica had said its last word.</param>
/// <param name="AmountMinor">What was decided; null when no three agreed, and nothing was charged.</param>
/// <param name="Decision">A <see cref="PaymentDecision"/>; null like the amount.</param>
[GenerateSerializer, Immutable, Alias("travelhub.vote-view.v1")]
public sealed record VoteView(
    [property: Id(0)] int Attempt,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] long Group,
    [property: Id(3)] string Currency,
    [property: Id(4)] long? AmountMinor,
    [property: Id(5)] string? Decision,
    [property: Id(6)] ImmutableArray<ReplicaVoteView> Replicas);

/// <summary>One replica's part in a vote.</summary>
/// <param name="Number">1 to 5.</param>
/// <param name="AmountMinor">What it said; null when it gave no verdict on the input.</param>
/// <param name="Seen">A <see cref="Sighting"/>; null where nothing can be said.</param>
/// <param name="AfterMilliseconds">How long it took.</param>
[GenerateSerializer, Immutable, Alias("travelhub.replica-vote-view.v1")]
public sealed record ReplicaVoteView(
    [property: Id(0)] int Number, [property: Id(1)] long? AmountMinor, [property: Id(2)] string? Decision, [property: Id(3)] string? Seen,
    [property: Id(4)] double AfterMilliseconds);
