using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Computes totals by the price rules. It knows no rates, no token and no provider.</summary>
internal sealed class ReplicaGrain : Grain, IReplicaGrain
{
    public Task<ImmutableArray<Verdict?>> Compute(ImmutableArray<PaymentInput> inputs) => Task.FromResult(inputs.Select(Compute).ToImmutableArray());

    private static Verdict? Compute(PaymentInput input)
    {
        try
        {
            var (amountMinor, currency) = PriceRules.Total(input);
            return new Verdict(amountMinor, currency, PriceRules.Version, PriceRules.Hash(input));
        }
        catch (OverflowException)
        {
            return null;   // its neighbours must not suffer
        }
    }
}
