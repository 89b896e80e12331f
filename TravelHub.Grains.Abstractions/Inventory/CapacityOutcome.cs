using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>What became of a change of capacity.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.v1")]
public abstract record CapacityOutcome
{
    /// <summary>The capacity is as asked.</summary>
    /// <param name="RoomsBefore">For all other nights than those of a range, as it was; so is the allowance.</param>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.set.v1")]
    public sealed record Set([property: Id(0)] int RoomsBefore, [property: Id(1)] int AllowanceBefore) : CapacityOutcome;

    /// <summary>Nothing changed: these nights have more rooms held and sold than the new capacity and allowance.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.too-low.v1")]
    public sealed record TooLow([property: Id(0)] ImmutableArray<DateOnly> Nights) : CapacityOutcome;
}
