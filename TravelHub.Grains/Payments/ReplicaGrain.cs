using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments.Engines;

namespace TravelHub.Grains.Payments;

/// <summary>Computes totals by one of the price engines, which its number chooses. It knows no rates and no provider.</summary>
[SpreadPlacement]
internal sealed class ReplicaGrain(ILocalSiloDetails silo) : Grain, IReplicaGrain
{
    // By number, from 1: at most two of the five share an engine, so that a fault of one never has a majority.
    private static readonly ImmutableArray<IPriceEngine> Engines =
        [new IntegerEngine(), new DecimalEngine(), new RationalEngine(), new IntegerEngine(), new DecimalEngine()];

    private IPriceEngine _engine = Engines[0];

    /// <summary>Lets every engine count once, so that no customer's vote waits for its code to be compiled.</summary>
    public static void WarmUp()
    {
        foreach (var engine in Engines)
        {
            foreach (var input in GoldenVectors.Inputs)
                engine.Price(input);
        }
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _engine = Engines[ReplicaNames.Number(this.GetPrimaryKeyString()) - 1];
        return Task.CompletedTask;
    }

    public Task<ReplicaAnswer> Compute(ImmutableArray<PaymentInput> inputs) =>
        Task.FromResult(new ReplicaAnswer([.. inputs.Select(Compute)], silo.SiloAddress));

    public Task Ping() => Task.CompletedTask;

    public Task Move()
    {
        this.MigrateOnIdle();
        return Task.CompletedTask;
    }

    private Verdict? Compute(PaymentInput input)
    {
        try
        {
            var (amountMinor, decision) = _engine.Price(input);
            return new Verdict(amountMinor, input.ChargeCurrency, PriceRules.Version, PriceRules.Hash(input), decision);
        }
        catch (OverflowException)
        {
            return null;   // its neighbours must not suffer
        }
    }
}
