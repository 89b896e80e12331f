using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Payments;

/// <summary>Takes a replica's vote away and gives it back: for the API and the console alike.</summary>
internal sealed class ReplicaOperations(ClusterCalls cluster)
{
    /// <param name="number">1 to 5.</param>
    /// <returns>Null when done.</returns>
    public ValueTask<Refusal?> Quarantine(int group, int number, string by, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(group).Quarantine(number, by), cancellationToken);

    /// <inheritdoc cref="Quarantine"/>
    public ValueTask<Refusal?> Reinstate(int group, int number, string by, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(group).Reinstate(number, by), cancellationToken);

    /// <summary>How it is now.</summary>
    /// <inheritdoc cref="Quarantine" path="/param"/>
    public async ValueTask<ReplicaAnswer> Read(int group, int number, CancellationToken cancellationToken) =>
        ReplicaAnswer.Of((await cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(group).Replicas(), cancellationToken))[number - 1]);
}
