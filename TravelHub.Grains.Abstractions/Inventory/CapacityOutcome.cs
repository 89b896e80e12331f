using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>What became of a change of capacity.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.v1")]
public abstract record CapacityOutcome
{
    /// <summary>The capacity is as asked.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.set.v1")]
    public sealed record Set : CapacityOutcome;

    /// <summary>Nothing changed: these nights have more rooms held and sold than the new capacity and allowance.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.too-low.v1")]
    public sealed record TooLow([property: Id(0)] ImmutableArray<DateOnly> Nights) : CapacityOutcome;
}
