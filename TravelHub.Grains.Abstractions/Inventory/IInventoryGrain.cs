using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>The room-nights of one room type, key <c>property/room type</c>: the only place where rooms are given out.</summary>
[Alias("travelhub.inventory")]
public interface IInventoryGrain : IGrainWithStringKey
{
    /// <summary>Holds <paramref name="rooms"/> rooms on every night of a stay, or none on any.</summary>
    /// <param name="rooms">1 to 99.</param>
    /// <param name="until">When inventory asks the reservation what became of the hold, UTC. It never expires by itself.</param>
    /// <returns>Held once the hold is durable; SoldOut names the first night that lacks rooms.</returns>
    /// <exception cref="AppendRefusedException">Another activation owns the stream; the call may be repeated.</exception>
    [Alias("place-hold")]
    Task<HoldOutcome> PlaceHold(HoldId id, Nights nights, int rooms, DateTimeOffset until);

    /// <summary>Tells what the reservation decided. May be lost or repeated: inventory asks when it hears nothing.</summary>
    /// <exception cref="AppendRefusedException">Another activation owns the stream; the call may be repeated.</exception>
    [Alias("settle")]
    Task Settle(HoldId id, HoldRuling ruling);

    /// <summary>
    /// As <see cref="Settle"/>, without an answer: a sale is written with the next event of the room type, or a little later. It may be lost until
    /// then; the hold keeps the rooms, and its reservation is asked when its time is up.
    /// </summary>
    [Alias("hear"), OneWay]
    Task Hear(HoldId id, HoldRuling ruling);

    /// <summary>
    /// Sets rooms and overbooking allowance for a range of nights, or for every night that has none of its own. Refused below what is held and sold on a
    /// night that is not over yet, which it is a day after its date in UTC.
    /// </summary>
    /// <param name="range">The nights; null sets the base.</param>
    /// <param name="rooms">0 to 10^9.</param>
    /// <param name="allowance">Rooms that may be sold above capacity, 0 to 10^6.</param>
    /// <param name="version">
    /// The capacity's as the caller knows it. With another nothing is set: a call that was under way while its silo stood still must not undo what was set since.
    /// </param>
    /// <exception cref="AppendRefusedException">Another activation owns the stream; the call may be repeated.</exception>
    [Alias("set-capacity-at-version")]
    Task<CapacityOutcome> SetCapacity(Nights? range, int rooms, int allowance, long version);

    /// <summary>How often the capacity has been set, as far as this activation knows.</summary>
    [Alias("capacity-version")]
    Task<long> CapacityVersion();

    /// <summary>Rooms left for each night, in order. Advice for a page: only a hold binds.</summary>
    [Alias("availability"), AlwaysInterleave]
    Task<ImmutableArray<int>> Availability(Nights nights);
}
