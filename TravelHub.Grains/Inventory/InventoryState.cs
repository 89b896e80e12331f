using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Inventory;

/// <summary>Rooms per night, and who has them. Invariant, for each night that is not over: 0 &lt;= Taken &lt;= Capacity + Allowance.</summary>
public sealed class InventoryState
{
    /// <summary>Nights before it are over: there is nothing left of them, and who slept there is forgotten. Memory, no event, as <see cref="Ended"/>.</summary>
    public DateOnly FirstNight { get; set; }

    /// <summary>How often capacity has been set.</summary>
    public long CapacityVersion { get; set; }

    /// <summary>Capacity of the nights without a range of their own.</summary>
    public Capacity Base { get; set; }

    /// <summary>Capacity of ranges of nights; the last that covers a night counts.</summary>
    public List<(Nights Nights, Capacity Capacity)> Ranges { get; } = [];

    /// <summary>Rooms held and sold, for the nights on which there are any.</summary>
    public Dictionary<DateOnly, int> Taken { get; } = [];

    /// <summary>Holds whose reservation has not spoken yet.</summary>
    public Dictionary<HoldId, InventoryEvent.Held> Held { get; } = [];

    /// <summary>Holds that became sales, with the reservation's version that said so.</summary>
    public Dictionary<HoldId, (InventoryEvent.Held Hold, long ReservationVersion)> Sold { get; } = [];

    /// <summary>
    /// Holds that were released, until their time would have been up. A request for one comes from an activation that has been replaced, such
    /// as one on a silo that was paused: placed anew, it would keep rooms for a reservation that has ended. Memory, no event: it may be dropped.
    /// </summary>
    public Dictionary<HoldId, DateTimeOffset> Ended { get; } = [];

    /// <summary>Capacity of one night.</summary>
    public Capacity CapacityOf(DateOnly night)
    {
        for (var i = Ranges.Count - 1; i >= 0; i--)
        {
            if (Ranges[i].Nights.CheckIn <= night && night < Ranges[i].Nights.CheckOut)
                return Ranges[i].Capacity;
        }

        return Base;
    }

    /// <summary>Rooms that can still be held on a night.</summary>
    public int LeftOn(DateOnly night)
    {
        if (night < FirstNight)
            return 0;
        var (rooms, allowance) = CapacityOf(night);
        return rooms + allowance - Taken.GetValueOrDefault(night);
    }

    /// <param name="Rooms">Rooms that exist.</param>
    /// <param name="Allowance">Rooms that may be sold above that.</param>
    public readonly record struct Capacity(int Rooms, int Allowance);
}
