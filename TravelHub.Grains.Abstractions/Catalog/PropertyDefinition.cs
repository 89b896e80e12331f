using System.Collections.Immutable;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>A property as its operator describes it.</summary>
/// <param name="Name">1 to 200 characters.</param>
/// <param name="Destination">Where guests look for it, 1 to 64 characters.</param>
/// <param name="TimeZone">IANA name, such as <c>Europe/Lisbon</c>; the property's days and deadlines are counted there.</param>
/// <param name="Currency">ISO 4217 code of every rate.</param>
/// <param name="BookableDaysAhead">The last check-out that can be booked lies this many days after today, 1 to 3,650.</param>
/// <param name="TaxBasisPoints">Tax on the nightly rates in hundredths of a percent, 0 to 10,000.</param>
/// <param name="RoomTypes">1 to 100, with distinct codes.</param>
/// <param name="RatePlans">Flat rates that a stay may ask for by code in place of the room type's own, up to 20,000.</param>
/// <param name="RoomNightFeeMinor">Fee for each room and night on top of rate and tax, such as a city's, 0 to 10^6.</param>
[GenerateSerializer, Immutable, Alias("travelhub.property-definition.v1")]
public sealed record PropertyDefinition(
    [property: Id(0)] string Name,
    [property: Id(1)] string Destination,
    [property: Id(2)] string TimeZone,
    [property: Id(3)] string Currency,
    [property: Id(4)] int BookableDaysAhead,
    [property: Id(5)] int TaxBasisPoints,
    [property: Id(6)] CancellationPolicy Policy,
    [property: Id(7)] ImmutableArray<RoomType> RoomTypes,
    [property: Id(8)] ImmutableArray<RatePlan> RatePlans,
    [property: Id(9)] long RoomNightFeeMinor = 0);

/// <summary>What a cancellation gives back.</summary>
/// <param name="FreeUntilDaysBefore">
/// The whole price is given back until 18:00 at the property, this many days before check-in; 0 to 365.
/// </param>
/// <param name="LateRefundPercent">Share of the price that is given back later, 0 to 100; a half minor unit is rounded down.</param>
[GenerateSerializer, Immutable, Alias("travelhub.cancellation-policy.v1")]
public sealed record CancellationPolicy([property: Id(0)] int FreeUntilDaysBefore, [property: Id(1)] int LateRefundPercent);

/// <summary>Rooms that are alike.</summary>
/// <param name="Code">1 to 32 characters, unique within the property.</param>
/// <param name="Sleeps">Guests a room takes, 1 to 100.</param>
/// <param name="Rooms">How many there are on a night without an allotment of its own, 0 to 10^9.</param>
/// <param name="NightlyMinor">Rate of a night in minor units, 0 to 10^9.</param>
/// <param name="Seasons">Other rates for ranges of nights; the last that covers a night counts. Up to 100.</param>
[GenerateSerializer, Immutable, Alias("travelhub.room-type.v1")]
public sealed record RoomType(
    [property: Id(0)] string Code,
    [property: Id(1)] string Name,
    [property: Id(2)] int Sleeps,
    [property: Id(3)] int Rooms,
    [property: Id(4)] long NightlyMinor,
    [property: Id(5)] ImmutableArray<Season> Seasons);

/// <summary>A rate for the nights [From, Until).</summary>
[GenerateSerializer, Immutable, Alias("travelhub.season.v1")]
public sealed record Season([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly Until, [property: Id(2)] long NightlyMinor);

/// <summary>A flat nightly rate that a stay can name, for any room type of its property.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.rate-plan.v1")]
public sealed record RatePlan([property: Id(0)] string Code, [property: Id(1)] long NightlyMinor);
