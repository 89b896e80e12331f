using System.Collections.Immutable;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Inventory;

/// <summary>Decides about rooms, and nothing else: no clock, no storage, no waiting.</summary>
public static class InventoryMachine
{
    /// <exception cref="AppendRefusedException">The hold was released: who asks for it does not know how its reservation ended.</exception>
    /// <exception cref="InvalidOperationException">The id names another hold: Held would be said of rooms that nobody asked for.</exception>
    public static (HoldOutcome Outcome, InventoryEvent[] Events) PlaceHold(
        InventoryState state, HoldId id, Nights nights, int rooms, DateTimeOffset until)
    {
        if ((state.Held.GetValueOrDefault(id) ?? state.Sold.GetValueOrDefault(id).Hold) is { } known)
        {
            return known.Nights == nights && known.Rooms == rooms
                ? (new HoldOutcome.Held(), [])
                : throw new InvalidOperationException($"The hold {id} exists with other nights or rooms: {known.Rooms} on {known.Nights}, not {rooms} on {nights}");
        }

        if (state.Ended.ContainsKey(id))
            throw new AppendRefusedException();

        foreach (var night in nights.Each())
        {
            var left = state.LeftOn(night);
            if (left < rooms)
                return (new HoldOutcome.SoldOut(night, Math.Max(left, 0)), []);
        }

        return (new HoldOutcome.Held(), [new InventoryEvent.Held(id, nights, rooms, until)]);
    }

    /// <summary>Takes the reservation's word. An older one than was heard, and one about a hold that is gone, changes nothing.</summary>
    public static InventoryEvent[] Settle(InventoryState state, HoldId id, HoldRuling ruling)
    {
        if (state.Sold.TryGetValue(id, out var sold) && ruling.ReservationVersion <= sold.ReservationVersion)
            return [];
        return ruling.Fate switch
        {
            HoldFate.Sold when state.Held.ContainsKey(id) => [new InventoryEvent.Sold(id, ruling.ReservationVersion)],
            HoldFate.Released when state.Held.ContainsKey(id) || state.Sold.ContainsKey(id) =>
                [new InventoryEvent.Released(id, ruling.ReservationVersion)],
            _ => [],
        };
    }

    public static (CapacityOutcome Outcome, InventoryEvent[] Events) SetCapacity(
        InventoryState state, Nights? range, int rooms, int allowance)
    {
        var tooLow = state.Taken
            .Where(t => t.Value > (long)rooms + allowance && Covers(state, range, t.Key))
            .Select(t => t.Key).Order().ToImmutableArray();
        if (tooLow.Length > 0)
            return (new CapacityOutcome.TooLow(tooLow), []);

        var isSame = range is null && state.Base == new InventoryState.Capacity(rooms, allowance);
        InventoryEvent[] events = isSame ? [] : [new InventoryEvent.CapacitySet(range, rooms, allowance)];
        return (new CapacityOutcome.Set(state.Base.Rooms, state.Base.Allowance, state.CapacityVersion + events.Length), events);
    }

    /// <summary>Holds whose time is up: what became of them is for their reservations to say.</summary>
    public static InventoryEvent.Held[] Due(InventoryState state, DateTimeOffset now) => [.. state.Held.Values.Where(h => h.Until <= now)];

    /// <summary>
    /// Forgets holds that were released and whose time is up, and nights that are over everywhere: their rooms stand in no one's way, of a lower capacity neither, and
    /// no stay on them can be cancelled any more.
    /// </summary>
    public static void Forget(InventoryState state, DateTimeOffset now)
    {
        if (DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1) is var firstNight && firstNight > state.FirstNight)
            ForgetBefore(state, firstNight);
        foreach (var (id, until) in state.Ended)
        {
            if (until <= now)
                state.Ended.Remove(id);
        }
    }

    private static void ForgetBefore(InventoryState state, DateOnly firstNight)
    {
        state.FirstNight = firstNight;
        foreach (var night in state.Taken.Keys.Where(night => night < firstNight).ToArray())
            state.Taken.Remove(night);
        foreach (var (id, (hold, _)) in state.Sold.Where(sold => sold.Value.Hold.Nights.CheckOut <= firstNight).ToArray())
            state.Sold.Remove(id);
        state.Ranges.RemoveAll(range => range.Nights.CheckOut <= firstNight);
    }

    /// <summary>A hold, or a sale, as a snapshot knows it: it was judged when it was placed, maybe by another capacity.</summary>
    public static void Restore(InventoryState state, InventoryEvent.Held held, long? soldBy)
    {
        if (soldBy is { } version)
            state.Sold.Add(held.Hold, (held, version));
        else
            state.Held.Add(held.Hold, held);
        Take(state, held, held.Rooms, isJudged: true);
    }

    /// <exception cref="InvalidOperationException">The event breaks an invariant: the stream is not what this code wrote.</exception>
    public static void Apply(InventoryState state, InventoryEvent happened)
    {
        switch (happened)
        {
            case InventoryEvent.CapacitySet(null, var rooms, var allowance):
                state.CapacityVersion++;
                state.Base = new InventoryState.Capacity(rooms, allowance);
                break;
            case InventoryEvent.CapacitySet({ } range, var rooms, var allowance):
                state.CapacityVersion++;
                state.Ranges.RemoveAll(r => range.CheckIn <= r.Nights.CheckIn && r.Nights.CheckOut <= range.CheckOut);   // hidden from now on
                state.Ranges.Add((range, new InventoryState.Capacity(rooms, allowance)));
                break;
            case InventoryEvent.Held held:
                state.Held.Add(held.Hold, held);
                Take(state, held, held.Rooms);
                break;
            case InventoryEvent.Sold(var id, var version):
                if (state.Held.Remove(id, out var sold))
                    state.Sold.Add(id, (sold, version));
                else
                    MustBeForgotten(state, id, "sold");
                break;
            case InventoryEvent.Released(var id, _):
                if ((state.Held.Remove(id, out var held0) ? held0 : state.Sold.Remove(id, out var sold0) ? sold0.Hold : null) is { } released)
                {
                    Take(state, released, -released.Rooms);
                    state.Ended[id] = released.Until;
                }
                else
                {
                    MustBeForgotten(state, id, "released");
                }

                break;
        }
    }

    // An activation that had forgotten less may have written it.
    private static void MustBeForgotten(InventoryState state, HoldId id, string happened)
    {
        if (state.FirstNight == default)
            throw new InvalidOperationException($"{id} was {happened} but not held");
    }

    private static bool Covers(InventoryState state, Nights? range, DateOnly night) => range is { } nights
        ? nights.CheckIn <= night && night < nights.CheckOut
        : !state.Ranges.Exists(r => r.Nights.CheckIn <= night && night < r.Nights.CheckOut);

    private static void Take(InventoryState state, InventoryEvent.Held hold, int rooms, bool isJudged = false)
    {
        foreach (var night in hold.Nights.Each().Where(night => night >= state.FirstNight))
        {
            var taken = state.Taken.GetValueOrDefault(night) + rooms;
            if (taken < 0 || (!isJudged && rooms > 0 && state.LeftOn(night) < rooms))
                throw new InvalidOperationException($"{night:O}: {taken} rooms taken of {state.CapacityOf(night)}");
            if (taken == 0)
                state.Taken.Remove(night);
            else
                state.Taken[night] = taken;
        }
    }
}
