using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Abstractions.Analytics;

/// <summary>Rows, and of when they are.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.analytics-page.v1`1")]
public sealed record AnalyticsPage<T>([property: Id(0)] ImmutableArray<T> Rows, [property: Id(1)] AnalyticsProgress Progress);

/// <summary>How far the figures are.</summary>
/// <param name="Events">Events that were read since the last beginning.</param>
/// <param name="AsOf">What was in the log by then is in the figures; null before anything was read.</param>
/// <param name="LagEvents">Events of the log that are not in the figures, as counted at the last reading, up to 100,000; null when the log could not be asked.</param>
[GenerateSerializer, Immutable, Alias("travelhub.analytics-progress.v1")]
public sealed record AnalyticsProgress(
    [property: Id(0)] long Events, [property: Id(1)] DateTimeOffset? AsOf, [property: Id(2)] long? LagEvents);

/// <summary>
/// What was booked on a day (UTC) of the request. The unit is the stay: a reservation with two stays is two bookings, each at its property. One that was
/// never confirmed is none.
/// </summary>
/// <param name="Bookings">Stays that were booked, whatever became of them.</param>
/// <param name="Cancellations">Those of them that have been cancelled since, on whatever day. The cancellation rate is their share.</param>
/// <param name="LeadDays">Days from the day of booking to check-in, summed over all bookings; none below 0, as a booking for tonight would have west of UTC.</param>
/// <param name="RoomNights">Nights times rooms of what was not cancelled.</param>
/// <param name="Revenue">Price of these room-nights before tax and fees, in the currency of the rates; one entry a currency.</param>
[GenerateSerializer, Immutable, Alias("travelhub.booking-figures.v1")]
public sealed record BookingFigures(
    [property: Id(0)] AnalyticsKey Key, [property: Id(1)] long Bookings, [property: Id(2)] long Cancellations, [property: Id(3)] long LeadDays,
    [property: Id(4)] long RoomNights, [property: Id(5)] ImmutableArray<Money> Revenue);

/// <summary>What is sold of some nights; cancelled stays are not in it.</summary>
/// <param name="RoomsAvailable">
/// Room-nights that were on offer: for each night the last setting of the room type's rooms up to the end of the UTC day after it, when that night has begun
/// everywhere, a range before the base, without any allowance for overbooking. What a property's entry leaves out has no base from the day before on. Occupancy is
/// sold by available, and can be above 1.
/// </param>
/// <param name="RoomsSold">Room-nights that are booked and not cancelled.</param>
/// <param name="Sales">The same by currency.</param>
[GenerateSerializer, Immutable, Alias("travelhub.night-figures.v1")]
public sealed record NightFigures(
    [property: Id(0)] AnalyticsKey Key, [property: Id(1)] long RoomsAvailable, [property: Id(2)] long RoomsSold, [property: Id(3)] ImmutableArray<NightSales> Sales);

/// <summary>What was sold in one currency. The average daily rate is revenue by rooms sold; RevPAR is revenue by all rooms available.</summary>
/// <param name="Revenue">Before tax and fees.</param>
[GenerateSerializer, Immutable, Alias("travelhub.night-sales.v1")]
public sealed record NightSales([property: Id(0)] Money Revenue, [property: Id(1)] long RoomsSold);
