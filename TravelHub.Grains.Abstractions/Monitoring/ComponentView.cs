using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Monitoring;

/// <summary>What a detector believes of a component.</summary>
[GenerateSerializer, Alias("travelhub.component-state.v1")]
public enum ComponentState
{
    /// <summary>It was never seen in this life of the cluster: nobody who was never there is missed.</summary>
    Unknown,

    Alive,

    Dead,

    /// <summary>An operator took it away.</summary>
    Away,
}

/// <summary>A component, as each detector sees it.</summary>
/// <param name="State">Away if an operator says so; else dead if the heartbeat or the membership says so; else what the heartbeat says.</param>
[GenerateSerializer, Immutable, Alias("travelhub.component-view.v1")]
public sealed record ComponentView([property: Id(0)] string Name, [property: Id(1)] ComponentState State, [property: Id(2)] ImmutableArray<BeliefView> Beliefs);

/// <summary>What one detector believes of one component.</summary>
/// <param name="Detector"><c>heartbeat</c>, <c>ping</c> or <c>membership</c>.</param>
/// <param name="Since">When it came to believe it; null for Unknown.</param>
/// <param name="LastSeen">The last sign of life that it has; the membership has none.</param>
[GenerateSerializer, Immutable, Alias("travelhub.belief-view.v1")]
public sealed record BeliefView(
    [property: Id(0)] string Detector, [property: Id(1)] ComponentState State, [property: Id(2)] DateTimeOffset? Since, [property: Id(3)] DateTimeOffset? LastSeen);

/// <summary>A detector.</summary>
/// <param name="Period">How often it looks; zero for one that is told.</param>
/// <param name="NoticesWithin">The longest from a component's last sign of life until it is believed dead, by the periods that are set; null when no such bound is known.</param>
/// <param name="IsPaused">Whether it gives no verdicts now, because the store was away a moment ago or the silo that answers has just started.</param>
[GenerateSerializer, Immutable, Alias("travelhub.detector-view.v1")]
public sealed record DetectorView(
    [property: Id(0)] string Name, [property: Id(1)] TimeSpan Period, [property: Id(2)] TimeSpan? NoticesWithin, [property: Id(3)] bool IsPaused);

/// <summary>A detector came to believe something else of a component.</summary>
/// <param name="Id">Later ones are higher.</param>
/// <param name="LastSeenAt">The sign of life before it; null when there was none.</param>
[GenerateSerializer, Immutable, Alias("travelhub.detection-view.v1")]
public sealed record DetectionView(
    [property: Id(0)] long Id,
    [property: Id(1)] string Component,
    [property: Id(2)] string Detector,
    [property: Id(3)] ComponentState From,
    [property: Id(4)] ComponentState To,
    [property: Id(5)] DateTimeOffset NoticedAt,
    [property: Id(6)] DateTimeOffset? LastSeenAt);
