using System.Collections.Immutable;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Abstractions.Search;

/// <summary>Finds what can be booked. Without state; its key has no meaning.</summary>
[Alias("travelhub.search")]
public interface ISearchGrain : IGrainWithIntegerKey
{
    /// <summary>What is free at a destination, as the inventories see it now, in no order.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<ImmutableArray<Offer>> Find(SearchQuery query);

    /// <summary>Rates and rooms left of a property, night by night.</summary>
    /// <returns>One entry for each room type, or null when the property is unknown.</returns>
    [Alias("calendar"), AlwaysInterleave]
    Task<ImmutableArray<RoomTypeCalendar>?> Calendar(string propertyId, Nights range);
}

/// <param name="Guests">In all rooms together.</param>
/// <param name="Rooms">Rooms of one type that are wanted, at least 1.</param>
[GenerateSerializer, Immutable, Alias("travelhub.search-query.v1")]
public sealed record SearchQuery(
    [property: Id(0)] string Destination, [property: Id(1)] Nights Nights, [property: Id(2)] int Guests, [property: Id(3)] int Rooms);

/// <summary>One room type that can be booked for the stay that was asked for.</summary>
/// <param name="Nights">One room's rate for each night, before tax.</param>
/// <param name="Total">For all rooms and nights, tax included.</param>
/// <param name="RoomsLeft">The least over the nights.</param>
/// <param name="Quote">Signed; a booking that carries it before <paramref name="QuoteExpires"/> pays this price.</param>
[GenerateSerializer, Immutable, Alias("travelhub.offer.v1")]
public sealed record Offer(
    [property: Id(0)] string PropertyId,
    [property: Id(1)] string PropertyName,
    [property: Id(2)] string RoomType,
    [property: Id(3)] string RoomTypeName,
    [property: Id(4)] int Sleeps,
    [property: Id(5)] ImmutableArray<NightRate> Nights,
    [property: Id(6)] Money Total,
    [property: Id(7)] int RoomsLeft,
    [property: Id(8)] CancellationPolicy Policy,
    [property: Id(9)] DateTimeOffset FreeCancellationUntil,
    [property: Id(10)] string Quote,
    [property: Id(11)] DateTimeOffset QuoteExpires);

[GenerateSerializer, Immutable, Alias("travelhub.night-rate.v1")]
public readonly record struct NightRate([property: Id(0)] DateOnly Night, [property: Id(1)] long AmountMinor);

[GenerateSerializer, Immutable, Alias("travelhub.room-type-calendar.v1")]
public sealed record RoomTypeCalendar([property: Id(0)] string RoomType, [property: Id(1)] ImmutableArray<CalendarNight> Nights);

[GenerateSerializer, Immutable, Alias("travelhub.calendar-night.v1")]
public readonly record struct CalendarNight(
    [property: Id(0)] DateOnly Night, [property: Id(1)] long AmountMinor, [property: Id(2)] int RoomsLeft);
