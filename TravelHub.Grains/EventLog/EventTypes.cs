using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.EventLog;

/// <summary>The stored name of each event, and its JSON. A name never changes its meaning: a changed shape gets a new version.</summary>
internal static class EventTypes
{
    private static readonly (string Name, JsonTypeInfo Json)[] All =
    [
        ("inventory.capacity-set.v1", EventJson.Default.CapacitySet),
        ("inventory.held.v1", EventJson.Default.Held),
        ("inventory.sold.v1", EventJson.Default.Sold),
        ("inventory.released.v1", EventJson.Default.Released),
        ("reservation.requested.v1", EventJson.Default.Requested),
        ("reservation.rooms-held.v1", EventJson.Default.RoomsHeld),
        ("reservation.sold-out.v1", EventJson.Default.SoldOut),
        ("reservation.payment-started.v1", EventJson.Default.PaymentStarted),
        ("reservation.payment-declined.v1", EventJson.Default.PaymentDeclined),
        ("reservation.payment-voided.v1", EventJson.Default.PaymentVoided),
        ("reservation.vote-disputed.v1", EventJson.Default.VoteDisputed),
        ("reservation.total-resolved.v1", EventJson.Default.TotalResolved),
        ("reservation.paid.v1", EventJson.Default.Paid),
        ("reservation.confirmed.v1", EventJson.Default.Confirmed),
        ("reservation.cancel-requested.v1", EventJson.Default.CancelRequested),
        ("reservation.refunded.v1", EventJson.Default.Refunded),
        ("reservation.cancelled.v1", EventJson.Default.Cancelled),
        ("reservation.lapsed.v1", EventJson.Default.Lapsed),
        ("reservation.abandoned.v1", EventJson.Default.Abandoned),
        ("reservation.guest-erased.v1", EventJson.Default.GuestErased),
    ];

    // What reads payloads of older versions, each to the next one. No event has an older version yet.
    private static readonly EventUpcaster[] Upcasters = [];

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = All.ToFrozenDictionary(e => e.Name, e => e.Json);
    private static readonly FrozenDictionary<Type, (string Name, JsonTypeInfo Json)> ByType = All.ToFrozenDictionary(e => e.Json.Type);
    private static readonly FrozenDictionary<string, EventUpcaster> ByOldName = Upcasters.ToFrozenDictionary(u => u.From);

    public static IEnumerable<string> Names => ByName.Keys;

    public static (string Type, string Payload) Write(object happened)
    {
        var (name, json) = ByType[happened.GetType()];
        return (name, JsonSerializer.Serialize(happened, json));
    }

    /// <exception cref="InvalidOperationException">The log holds an event that this version does not know.</exception>
    public static object Read(string type, string payload) => Read(type, payload, ByOldName);

    /// <summary>Reads with these upcasters: an old version is brought forward step by step until it is one that is written today.</summary>
    internal static object Read(string type, string payload, IReadOnlyDictionary<string, EventUpcaster> upcasters)
    {
        if (ByName.TryGetValue(type, out var json))
            return JsonSerializer.Deserialize(payload, json)!;
        if (!upcasters.TryGetValue(type, out var upcaster))
            throw new InvalidOperationException($"The log holds an event of type '{type}', which this version does not know.");
        return Read(upcaster.To, upcaster.Bring(JsonNode.Parse(payload)!.AsObject()).ToJsonString(), upcasters);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InventoryEvent.CapacitySet))]
[JsonSerializable(typeof(InventoryEvent.Held))]
[JsonSerializable(typeof(InventoryEvent.Sold))]
[JsonSerializable(typeof(InventoryEvent.Released))]
[JsonSerializable(typeof(ReservationEvent.Requested))]
[JsonSerializable(typeof(ReservationEvent.RoomsHeld))]
[JsonSerializable(typeof(ReservationEvent.SoldOut))]
[JsonSerializable(typeof(ReservationEvent.PaymentStarted))]
[JsonSerializable(typeof(ReservationEvent.PaymentDeclined))]
[JsonSerializable(typeof(ReservationEvent.PaymentVoided))]
[JsonSerializable(typeof(ReservationEvent.VoteDisputed))]
[JsonSerializable(typeof(ReservationEvent.TotalResolved))]
[JsonSerializable(typeof(ReservationEvent.Paid))]
[JsonSerializable(typeof(ReservationEvent.Confirmed))]
[JsonSerializable(typeof(ReservationEvent.CancelRequested))]
[JsonSerializable(typeof(ReservationEvent.Refunded))]
[JsonSerializable(typeof(ReservationEvent.Cancelled))]
[JsonSerializable(typeof(ReservationEvent.Lapsed))]
[JsonSerializable(typeof(ReservationEvent.Abandoned))]
[JsonSerializable(typeof(ReservationEvent.GuestErased))]
[JsonSerializable(typeof(ReservationView))]
internal sealed partial class EventJson : JsonSerializerContext;
