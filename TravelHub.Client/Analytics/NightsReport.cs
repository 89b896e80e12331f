using TravelHub.Client.Http;

namespace TravelHub.Client.Analytics;

/// <summary>What <c>analytics report</c> prints; each figure is what the gateway's reference says of it.</summary>
internal sealed record NightsReport(DateOnly From, DateOnly Until, FiguresProgress Progress, IReadOnlyList<NightRow> Data);

/// <param name="AsOf">What was in the log by then is in the figures.</param>
internal sealed record FiguresProgress(long Events, DateTimeOffset? AsOf, double? BehindSeconds, long? LagEvents);

internal sealed record NightRow(
    DateOnly? Night, string? Destination, string? Property, long RoomsAvailable, long RoomsSold, double? Occupancy, IReadOnlyList<NightSale> Sales);

internal sealed record NightSale(Money Revenue, long RoomsSold, double? AverageDailyRateMinor, double? RevParMinor);

internal sealed record BookingRow(
    DateOnly? Day, string? Destination, string? Property, long Bookings, long Cancellations, double? CancellationRate, double? MeanLeadDays,
    long RoomNights, IReadOnlyList<Money> Revenue);
