using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Inventory;

/// <summary>An inventory's state as it is kept between activations. Rooms taken are not in it: they follow from the holds.</summary>
internal sealed record InventorySnapshot(
    DateOnly FirstNight, long CapacityVersion, InventoryState.Capacity Base, ImmutableArray<CapacityRange> Ranges, ImmutableArray<InventoryEvent.Held> Held, ImmutableArray<SoldHold> Sold,
    ImmutableArray<EndedHold> Ended)
{
    /// <summary>Changes with the shape of this record; snapshots of another shape are not read.</summary>
    public const int Shape = 4;

    /// <summary>
    /// Whether the state is worth keeping. A large one waits for more events, a quarter as many as it has holds and sales: so an event costs the same whatever was
    /// sold before it, and an activation reads few events beside what it reads of the snapshot.
    /// </summary>
    /// <param name="events">Since the last one.</param>
    /// <param name="least">How many events there must be at least.</param>
    public static bool IsDue(InventoryState state, long events, int least) => events >= Math.Max(least, (state.Held.Count + state.Sold.Count) / 4);

    public static string Write(InventoryState state) => JsonSerializer.Serialize(
        new InventorySnapshot(
            state.FirstNight, state.CapacityVersion, state.Base,
            [.. state.Ranges.Select(r => new CapacityRange(r.Nights, r.Capacity))],
            [.. state.Held.Values],
            [.. state.Sold.Values.Select(s => new SoldHold(s.Hold, s.ReservationVersion))],
            [.. state.Ended.Select(e => new EndedHold(e.Key, e.Value))]),
        InventoryJson.Default.InventorySnapshot);

    public static InventoryState Read(string payload)
    {
        var snapshot = JsonSerializer.Deserialize(payload, InventoryJson.Default.InventorySnapshot)!;
        var state = new InventoryState { FirstNight = snapshot.FirstNight, CapacityVersion = snapshot.CapacityVersion, Base = snapshot.Base };
        state.Ranges.AddRange(snapshot.Ranges.Select(r => (r.Nights, r.Capacity)));
        foreach (var held in snapshot.Held)
            InventoryMachine.Restore(state, held, soldBy: null);
        foreach (var (hold, version) in snapshot.Sold)
            InventoryMachine.Restore(state, hold, version);

        foreach (var (hold, until) in snapshot.Ended)
            state.Ended[hold] = until;
        return state;
    }
}

internal readonly record struct CapacityRange(Nights Nights, InventoryState.Capacity Capacity);

internal readonly record struct SoldHold(InventoryEvent.Held Hold, long ReservationVersion);

internal readonly record struct EndedHold(HoldId Hold, DateTimeOffset Until);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InventorySnapshot))]
internal sealed partial class InventoryJson : JsonSerializerContext;
