using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Api.Monitoring;

/// <summary>What the detectors know: for the API and the console alike.</summary>
internal sealed class MonitoringReads(ClusterCalls cluster)
{
    public ValueTask<ImmutableArray<ComponentView>> Components(CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IMonitoringGrain>(0).Components(), cancellationToken);

    public ValueTask<ImmutableArray<DetectorView>> Detectors(CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IMonitoringGrain>(0).Detectors(), cancellationToken);

    /// <param name="after">The last one of the page before; null for the newest.</param>
    public ValueTask<ImmutableArray<DetectionView>> Detections(long? after, int limit, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IMonitoringGrain>(0).Detections(after, limit), cancellationToken);
}
