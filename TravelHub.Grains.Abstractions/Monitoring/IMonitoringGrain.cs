using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Monitoring;

/// <summary>What the detectors know. Without state; by its key a client chooses which silo answers, and nothing else.</summary>
[Alias("travelhub.monitoring")]
public interface IMonitoringGrain : IGrainWithIntegerKey
{
    /// <summary>A component outside the silos shows that it lives.</summary>
    /// <param name="source">Which of several of its kind.</param>
    /// <param name="address">Where it can be asked for an echo.</param>
    /// <param name="took">How long it took to try itself.</param>
    [Alias("beat"), AlwaysInterleave]
    Task Beat(string component, string source, string address, TimeSpan took);

    /// <returns>Every component that is known in this life of the cluster, by name.</returns>
    [Alias("components"), AlwaysInterleave]
    Task<ImmutableArray<ComponentView>> Components();

    /// <returns>The detectors, and how fast each is.</returns>
    [Alias("detectors"), AlwaysInterleave]
    Task<ImmutableArray<DetectorView>> Detectors();

    /// <summary>What was detected, newest first, in all lives of the cluster.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">1 to 200.</param>
    [Alias("detections"), AlwaysInterleave]
    Task<ImmutableArray<DetectionView>> Detections(long? after, int limit);
}
