using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace TravelHub.Grains.Analytics;

/// <summary>Keeps grains on silos that carry the role <c>analytics</c>; where none does, they are nowhere.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.analytics-role.v1")]
internal sealed class AnalyticsRole(int order) : PlacementFilterStrategy(order)
{
    /// <summary>What a silo says of itself, with any value, when it carries the role.</summary>
    public const string Metadata = "travelhub.analytics";

    public AnalyticsRole()
        : this(0)
    {
    }
}

/// <inheritdoc cref="AnalyticsRole"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AnalyticsRoleAttribute() : PlacementFilterAttribute(new AnalyticsRole());

/// <inheritdoc cref="AnalyticsRole"/>
internal sealed class AnalyticsRoleDirector(ISiloMetadataCache silos) : IPlacementFilterDirector
{
    public IEnumerable<SiloAddress> Filter(PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> candidates) =>
        candidates.Where(silo => silos.GetSiloMetadata(silo).Metadata.ContainsKey(AnalyticsRole.Metadata));
}
