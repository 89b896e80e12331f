using Orleans.Placement;
using Orleans.Runtime.Placement;

namespace TravelHub.Grains.Payments;

/// <summary>Spreads the replicas of a group over the silos, so that the loss of one of three leaves a majority: two, two and one.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.spread-placement.v1")]
internal sealed class SpreadPlacement : PlacementStrategy;

/// <inheritdoc cref="SpreadPlacement"/>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpreadPlacementAttribute() : PlacementAttribute(new SpreadPlacement());

/// <summary>Places by number alone, so that anybody can tell where a replica belongs.</summary>
internal sealed class SpreadDirector : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context) =>
        Task.FromResult(Home(target.GrainIdentity.Key.ToString()!, context.GetCompatibleSilos(target)));

    /// <summary>Where a replica belongs when these silos are there. Consecutive numbers go to consecutive silos; groups begin one further each.</summary>
    /// <param name="silos">At least one, in any order.</param>
    public static SiloAddress Home(string replica, IEnumerable<SiloAddress> silos)
    {
        SiloAddress[] sorted = [.. silos.Order()];
        return sorted[(ReplicaNames.Group(replica) + ReplicaNames.Number(replica)) % sorted.Length];
    }
}
