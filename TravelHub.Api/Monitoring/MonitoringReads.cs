using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Monitoring;

/// <summary>What the detectors know: for the API and the console alike.</summary>
internal sealed class MonitoringReads(ClusterCalls cluster)
{
    private readonly MonitoringTurns _turns = new();

    public ValueTask<ImmutableArray<ComponentView>> Components(CancellationToken cancellationToken) =>
        cluster.Call(grains => _turns.Next(grains).Components(), cancellationToken);

    public ValueTask<ImmutableArray<DetectorView>> Detectors(CancellationToken cancellationToken) =>
        cluster.Call(grains => _turns.Next(grains).Detectors(), cancellationToken);

    /// <param name="after">The last one of the page before; null for the newest.</param>
    public ValueTask<ImmutableArray<DetectionView>> Detections(long? after, int limit, CancellationToken cancellationToken) =>
        cluster.Call(grains => _turns.Next(grains).Detections(after, limit), cancellationToken);
}
