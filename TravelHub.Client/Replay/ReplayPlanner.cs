using System.Globalization;
using TravelHub.Client.Http;

namespace TravelHub.Client.Replay;

/// <summary>Turns rows into a plan. Pure: the same rows, run, share and day always give the same plan.</summary>
/// <param name="capacityShare">Which part of its peak demand each room type offers.</param>
/// <param name="today">UTC.</param>
internal sealed class ReplayPlanner(string run, decimal capacityShare, DateOnly today)
{
    public const string Currency = "EUR";

    // A property's day may be ahead of UTC's, and the run itself takes a while: no arrival may become the past meanwhile.
    private const int EarliestArrivalDaysAhead = 2;
    private const int SpareBookableDays = 30;
    private const int MaxSleeps = 100;
    private const int MaxIdLength = 64;

    /// <exception cref="InputException">There is nothing to send, or more than a property can hold.</exception>
    public ReplayPlan Plan(IReadOnlyList<DemandRow> rows)
    {
        if (rows.Count == 0)
            throw new InputException("There is no row that could be booked.");

        var shiftWeeks = ShiftWeeks(rows.Min(row => row.Arrival));
        var shiftDays = shiftWeeks * 7;
        var ids = PropertyIds(rows);
        var properties = rows
            .GroupBy(row => row.Hotel)
            .Select(hotel => new PlannedProperty(ids[hotel.Key], Describe(hotel.Key, hotel.ToList(), shiftDays)))
            .ToList();
        var bookings = rows
            .Select(row => new PlannedBooking(
                row.Line, ids[row.Hotel], row.RoomType, row.Arrival.AddDays(shiftDays), row.Departure.AddDays(shiftDays), row.Guests,
                row.NightlyMinor, $"{run}-{row.Line}", row.CancelledOn is not null))
            .ToList();
        return new ReplayPlan(run, shiftWeeks, properties, bookings, Timeline.Of(rows));
    }

    public static string RatePlanCode(long nightlyMinor) => nightlyMinor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fewest whole weeks that bring the earliest arrival far enough ahead; weekdays stay what they are.</summary>
    private int ShiftWeeks(DateOnly earliestArrival)
    {
        var missingDays = today.DayNumber + EarliestArrivalDaysAhead - earliestArrival.DayNumber;
        return (int)Math.Ceiling(missingDays / 7.0);
    }

    private PropertyDocument Describe(string hotel, List<DemandRow> rows, int shiftDays)
    {
        var daysAhead = rows.Max(row => row.Departure).DayNumber + shiftDays - today.DayNumber;
        if (daysAhead > PropertyDocument.MaxBookableDaysAhead)
            throw new InputException($"{hotel}: the stays span {daysAhead} days, more than the {PropertyDocument.MaxBookableDaysAhead} that can be booked ahead.");
        var rates = rows.Select(row => row.NightlyMinor).Distinct().Order().ToList();
        if (rates.Count > PropertyDocument.MaxRatePlans)
            throw new InputException($"{hotel}: {rates.Count} different rates, more than the {PropertyDocument.MaxRatePlans} of a property; use --limit.");

        return new PropertyDocument(
            hotel.Length > 150 ? hotel[..150] : hotel,
            $"replay-{run}",
            "Europe/Lisbon",
            Currency,
            Math.Min(daysAhead + SpareBookableDays, PropertyDocument.MaxBookableDaysAhead),
            TaxBasisPoints: 0,
            // Every cancellation gives all back, so that the checks know each refund.
            new PolicyDocument(FreeUntilDaysBefore: 0, LateRefundPercent: 100),
            rows.GroupBy(row => row.RoomType).OrderBy(type => type.Key, StringComparer.Ordinal).Select(type => Describe(type.Key, type.ToList())).ToList(),
            rates.Select(rate => new RatePlanDocument(RatePlanCode(rate), rate)).ToList());
    }

    private RoomTypeDocument Describe(string code, List<DemandRow> rows)
    {
        var peak = PeakRooms.Of(rows.Select(row => (row.Arrival, row.Departure)));
        // Every stay names a rate plan: the type's own rate is only for show.
        return new RoomTypeDocument(
            code, $"Room type {code}", Math.Clamp(rows.Max(row => row.Guests), 1, MaxSleeps), PeakRooms.Offered(peak, capacityShare),
            rows.Max(row => row.NightlyMinor));
    }

    private Dictionary<string, string> PropertyIds(IReadOnlyList<DemandRow> rows)
    {
        var ids = new Dictionary<string, string>();
        foreach (var hotel in rows.Select(row => row.Hotel).Distinct())
        {
            var letters = hotel.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').ToArray();
            var id = $"replay-{run}-{new string(letters)}";
            if (id.Length > MaxIdLength)
                id = id[..MaxIdLength];
            // Names may differ only in what an id cannot hold.
            if (ids.ContainsValue(id))
                id = $"replay-{run}-hotel-{ids.Count + 1}";
            ids.Add(hotel, id);
        }

        return ids;
    }
}
