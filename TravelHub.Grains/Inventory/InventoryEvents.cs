using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Inventory;

/// <summary>What happened to a room type's nights, as stored in its stream <c>inventory/property/room type</c>.</summary>
public abstract record InventoryEvent
{
    /// <param name="Range">The nights; null is the base for all nights without a range of their own.</param>
    public sealed record CapacitySet(Nights? Range, int Rooms, int Allowance) : InventoryEvent;

    /// <param name="Until">When to ask the reservation what became of it.</param>
    public sealed record Held(HoldId Hold, Nights Nights, int Rooms, DateTimeOffset Until) : InventoryEvent;

    public sealed record Sold(HoldId Hold, long ReservationVersion) : InventoryEvent;

    public sealed record Released(HoldId Hold, long ReservationVersion) : InventoryEvent;
}
