using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Computes a total by the price rules. It knows no rates, no token and no provider.</summary>
internal sealed class ReplicaGrain : Grain, IReplicaGrain
{
    public Task<Verdict> Compute(PaymentInput input)
    {
        var (amountMinor, currency) = PriceRules.Total(input);
        return Task.FromResult(new Verdict(amountMinor, currency, PriceRules.Version, PriceRules.Hash(input)));
    }
}
