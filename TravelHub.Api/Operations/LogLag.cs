using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Operations;

/// <summary>How far readers of the event log are behind it: for the API and the console alike.</summary>
internal sealed class LogLag(ClusterCalls cluster, TimeProvider time)
{
    public async ValueTask<LagAnswer> Read(CancellationToken cancellationToken)
    {
        var lag = await cluster.Call(grains => grains.GetGrain<IResyncGrain>(0).Lag(), cancellationToken);
        var ledger = await cluster.Call(grains => grains.GetGrain<ILedgerGrain>(0).Lag(), cancellationToken);
        return new LagAnswer(
            [new ReaderAnswer("inventory", lag.Events, lag.Behind.TotalSeconds), new ReaderAnswer("ledger", ledger.Events, ledger.Behind.TotalSeconds)],
            lag.Horizon.TotalSeconds, time.GetUtcNow());
    }
}
