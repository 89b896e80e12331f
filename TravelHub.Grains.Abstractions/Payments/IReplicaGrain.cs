namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>One of the five that compute a total independently. Its key is <c>group/number</c>, the number from 1 to 5. It never charges.</summary>
[Alias("travelhub.replica")]
public interface IReplicaGrain : IGrainWithStringKey
{
    /// <summary>Computes the total of the frozen input.</summary>
    [Alias("compute")]
    Task<Verdict> Compute(PaymentInput input);
}
