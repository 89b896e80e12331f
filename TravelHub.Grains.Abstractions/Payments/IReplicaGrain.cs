using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>One of the five that compute a total independently. Its key is <c>group/number</c>, the number from 1 to 5. It never charges.</summary>
[Alias("travelhub.replica")]
public interface IReplicaGrain : IGrainWithStringKey
{
    /// <summary>Computes the total of each frozen input.</summary>
    /// <returns>A verdict for each input, in order; null for one that no total can be computed of.</returns>
    [Alias("compute")]
    Task<ImmutableArray<Verdict?>> Compute(ImmutableArray<PaymentInput> inputs);
}
