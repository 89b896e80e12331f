using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>What became of a change of capacity.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.v1")]
public abstract record CapacityOutcome
{
    /// <summary>The capacity is as asked.</summary>
    /// <param name="RoomsBefore">For all other nights than those of a range, as it was; so is the allowance.</param>
    /// <param name="Version">The capacity's, now.</param>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.set.v1")]
    public sealed record Set([property: Id(0)] int RoomsBefore, [property: Id(1)] int AllowanceBefore, [property: Id(2)] long Version) : CapacityOutcome;

    /// <summary>Nothing changed: these nights have more rooms held and sold than the new capacity and allowance.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.too-low.v1")]
    public sealed record TooLow([property: Id(0)] ImmutableArray<DateOnly> Nights) : CapacityOutcome;

    /// <summary>Nothing changed: somebody has set it since the version that was named. Whoever still wants it so names the new one.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.capacity-outcome.overtaken.v1")]
    public sealed record Overtaken([property: Id(0)] long Version) : CapacityOutcome;
}
