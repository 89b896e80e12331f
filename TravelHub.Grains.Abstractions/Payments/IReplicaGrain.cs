using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>One of the five that compute a total independently. Its key is <c>group/number</c>, the number from 1 to 5. It never charges.</summary>
[Alias("travelhub.replica")]
public interface IReplicaGrain : IGrainWithStringKey
{
    /// <summary>Computes the total of each frozen input. A probe looks like any payment.</summary>
    /// <returns>A verdict for each input, in order; null for one that no total can be computed of.</returns>
    [Alias("compute")]
    Task<ReplicaAnswer> Compute(ImmutableArray<PaymentInput> inputs);

    /// <summary>Answers at once, whatever it computes: who gets this answer and not the other is not kept from the replica by anything between them.</summary>
    [Alias("ping"), AlwaysInterleave]
    Task Ping();

    /// <summary>Moves to where the placement rule wants it now; called after silos went or came back.</summary>
    [Alias("move"), AlwaysInterleave]
    Task Move();
}

/// <summary>What a replica answers to one call.</summary>
/// <param name="Verdicts">One for each input, in order.</param>
/// <param name="Silo">Where the replica lives.</param>
[GenerateSerializer, Immutable, Alias("travelhub.replica-answer.v1")]
public sealed record ReplicaAnswer([property: Id(0)] ImmutableArray<Verdict?> Verdicts, [property: Id(1)] SiloAddress Silo);
