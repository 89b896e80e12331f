using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Operations;

/// <summary>Ready is who can search: a call through the cluster to the database and back.</summary>
internal sealed class ClusterHealth(ClusterCalls cluster, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>What is wrong; null when nothing is.</returns>
    public async Task<string?> WhyNotReady(CancellationToken cancellationToken)
    {
        using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var anyDay = new Nights(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));
            await cluster.Call(grains => grains.GetGrain<ISearchGrain>(0).Find(new SearchQuery("nowhere", anyDay, 1, 1)), asking.Token)
                .AsTask().WaitAsync(Patience, time, cancellationToken);
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return $"the cluster does not answer ({e.GetType().Name})";
        }
        finally
        {
            await asking.CancelAsync();   // nobody waits for it any more: it must not go on asking a cluster that has enough to do
        }
    }
}
