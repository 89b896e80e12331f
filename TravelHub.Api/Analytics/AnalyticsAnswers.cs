using TravelHub.Api.Paging;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Analytics;

/// <summary>A page of figures, and of when they are.</summary>
internal sealed record FiguresAnswer<T>(IReadOnlyList<T> Data, PageMeta Meta, AnalyticsProgressAnswer Progress);

/// <param name="Events">Events of the log that the figures are made of.</param>
/// <param name="AsOf">What was in the log by then is in the figures; null before anything was read.</param>
/// <param name="BehindSeconds">Since then.</param>
/// <param name="LagEvents">Events that are not in the figures, as last counted, up to 100,000; null when that is not known.</param>
internal sealed record AnalyticsProgressAnswer(long Events, DateTimeOffset? AsOf, double? BehindSeconds, long? LagEvents)
{
    public static AnalyticsProgressAnswer Of(AnalyticsProgress progress, DateTimeOffset now) => new(
        progress.Events, progress.AsOf, progress.AsOf is { } asOf ? Math.Max((now - asOf).TotalSeconds, 0) : null, progress.LagEvents);
}

/// <param name="Day">Null when days are summed up; so are the others.</param>
/// <param name="Bookings">Stays that were booked, cancelled since or not.</param>
/// <param name="CancellationRate">Cancellations by bookings; null without any.</param>
/// <param name="MeanLeadDays">From the day of booking to check-in, at least 0, over all bookings; null without any.</param>
/// <param name="RoomNights">Of what was not cancelled; so is the revenue.</param>
internal sealed record BookingFiguresAnswer(
    DateOnly? Day, string? Destination, string? Property, long Bookings, long Cancellations, double? CancellationRate, double? MeanLeadDays,
    long RoomNights, IReadOnlyList<Money> Revenue)
{
    public static BookingFiguresAnswer Of(BookingFigures row, AnalyticsQuery query) => new(
        query.ByDay ? row.Key.Day : null, query.ByDestination ? row.Key.Destination : null, query.ByProperty ? row.Key.Property : null,
        row.Bookings, row.Cancellations, FigureRatio.Of(row.Cancellations, row.Bookings), FigureRatio.Of(row.LeadDays, row.Bookings), row.RoomNights, row.Revenue);
}

/// <param name="Night">Null when nights are summed up; so are the others.</param>
/// <param name="RoomsAvailable">Room-nights on offer, without any allowance for overbooking.</param>
/// <param name="Occupancy">Rooms sold by rooms available; null without any, and above 1 where more was sold.</param>
internal sealed record NightFiguresAnswer(
    DateOnly? Night, string? Destination, string? Property, long RoomsAvailable, long RoomsSold, double? Occupancy, IReadOnlyList<NightSalesAnswer> Sales)
{
    public static NightFiguresAnswer Of(NightFigures row, AnalyticsQuery query) => new(
        query.ByDay ? row.Key.Day : null, query.ByDestination ? row.Key.Destination : null, query.ByProperty ? row.Key.Property : null,
        row.RoomsAvailable, row.RoomsSold, FigureRatio.Of(row.RoomsSold, row.RoomsAvailable),
        [.. row.Sales.Select(sale => NightSalesAnswer.Of(sale, row.RoomsAvailable))]);
}

/// <param name="AverageDailyRateMinor">Revenue by rooms sold in this currency, in its minor unit.</param>
/// <param name="RevParMinor">Revenue by all rooms available, in the currency's minor unit; null without any.</param>
internal sealed record NightSalesAnswer(Money Revenue, long RoomsSold, double? AverageDailyRateMinor, double? RevParMinor)
{
    public static NightSalesAnswer Of(NightSales sale, long roomsAvailable) => new(
        sale.Revenue, sale.RoomsSold, FigureRatio.Of(sale.Revenue.AmountMinor, sale.RoomsSold), FigureRatio.Of(sale.Revenue.AmountMinor, roomsAvailable));
}

/// <summary>One figure by another.</summary>
internal static class FigureRatio
{
    /// <summary>To four decimals; null when there is nothing to divide by.</summary>
    public static double? Of(long figure, long by) => by == 0 ? null : Math.Round((double)figure / by, 4);
}
