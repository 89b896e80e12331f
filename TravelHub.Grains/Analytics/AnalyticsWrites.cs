using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.Analytics;

/// <summary>The statements that write a page's changes; each writes all rows of a table at once.</summary>
internal static class AnalyticsWrites
{
    private const string PropertiesSql = "INSERT INTO properties (property) SELECT unnest($1) ON CONFLICT DO NOTHING";

    // The prices of all stays come as one array, with where each stay's begin and how many there are: arrays of arrays must all be of one length.
    private const string StaysSql = """
        INSERT INTO stays (reservation, stay, property, currency, check_in, rooms, nightly_minor, booked_on, status)
        SELECT s.reservation, s.stay, s.property, s.currency, s.check_in, s.rooms, $7[s.first:s.first + s.nights - 1], s.booked_on, s.status
        FROM unnest($1, $2, $3, $4, $5, $6, $8, $9, $10, $11) AS s (reservation, stay, property, currency, check_in, rooms, first, nights, booked_on, status)
        ON CONFLICT (reservation, stay) DO UPDATE SET status = excluded.status
        """;

    private const string BookingDaysSql = """
        INSERT INTO booking_days AS d (day, property, currency, bookings, cancellations, lead_days, room_nights, revenue_minor)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (day, property, currency) DO UPDATE SET bookings = d.bookings + excluded.bookings, cancellations = d.cancellations + excluded.cancellations,
            lead_days = d.lead_days + excluded.lead_days, room_nights = d.room_nights + excluded.room_nights, revenue_minor = d.revenue_minor + excluded.revenue_minor
        """;

    private const string NightsSql = """
        INSERT INTO night_days AS n (night, property, currency, rooms, revenue_minor) SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (night, property, currency) DO UPDATE SET rooms = n.rooms + excluded.rooms, revenue_minor = n.revenue_minor + excluded.revenue_minor
        """;

    private const string CapacitiesSql = """
        INSERT INTO capacities (property, room_type, version, set_on, from_night, until_night, rooms) SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    public static IEnumerable<NpgsqlBatchCommand> Of(AnalyticsChanges changes)
    {
        if (changes.Properties.ToArray() is { Length: > 0 } properties)
            yield return Command(PropertiesSql, Array(NpgsqlDbType.Text, properties));
        if (changes.Stays.Count > 0)
            yield return Stays([.. changes.Stays.Values]);
        if (changes.BookingDays.Count > 0)
            yield return BookingDays(changes.BookingDays);
        if (changes.Nights.Count > 0)
            yield return Nights(changes.Nights);
        if (changes.Capacities.Count > 0)
            yield return Capacities(changes.Capacities);
    }

    private static NpgsqlBatchCommand Stays(StayFacts[] stays)
    {
        var first = new int[stays.Length];
        var next = 1;
        for (var i = 0; i < stays.Length; i++)
        {
            first[i] = next;
            next += stays[i].NightlyMinor.Length;
        }

        return Command(
            StaysSql, Array(NpgsqlDbType.Uuid, stays.Select(s => s.Reservation)), Array(NpgsqlDbType.Integer, stays.Select(s => s.Stay)),
            Array(NpgsqlDbType.Text, stays.Select(s => s.Property)), Array(NpgsqlDbType.Text, stays.Select(s => s.Currency)),
            Array(NpgsqlDbType.Date, stays.Select(s => s.CheckIn)), Array(NpgsqlDbType.Integer, stays.Select(s => s.Rooms)),
            Array(NpgsqlDbType.Bigint, stays.SelectMany(s => s.NightlyMinor)), Array(NpgsqlDbType.Integer, first),
            Array(NpgsqlDbType.Integer, stays.Select(s => s.NightlyMinor.Length)), Array(NpgsqlDbType.Date, stays.Select(s => s.BookedOn)),
            Array(NpgsqlDbType.Smallint, stays.Select(s => (short)s.Fate)));
    }

    private static NpgsqlBatchCommand BookingDays(Dictionary<(DateOnly Day, string Property, string Currency), BookingChange> days) => Command(
        BookingDaysSql, Array(NpgsqlDbType.Date, days.Keys.Select(d => d.Day)), Array(NpgsqlDbType.Text, days.Keys.Select(d => d.Property)),
        Array(NpgsqlDbType.Text, days.Keys.Select(d => d.Currency)), Array(NpgsqlDbType.Bigint, days.Values.Select(d => d.Bookings)),
        Array(NpgsqlDbType.Bigint, days.Values.Select(d => d.Cancellations)), Array(NpgsqlDbType.Bigint, days.Values.Select(d => d.LeadDays)),
        Array(NpgsqlDbType.Bigint, days.Values.Select(d => d.RoomNights)), Array(NpgsqlDbType.Bigint, days.Values.Select(d => d.RevenueMinor)));

    private static NpgsqlBatchCommand Nights(Dictionary<(DateOnly Night, string Property, string Currency), NightChange> nights) => Command(
        NightsSql, Array(NpgsqlDbType.Date, nights.Keys.Select(n => n.Night)), Array(NpgsqlDbType.Text, nights.Keys.Select(n => n.Property)),
        Array(NpgsqlDbType.Text, nights.Keys.Select(n => n.Currency)), Array(NpgsqlDbType.Bigint, nights.Values.Select(n => n.Rooms)),
        Array(NpgsqlDbType.Bigint, nights.Values.Select(n => n.RevenueMinor)));

    private static NpgsqlBatchCommand Capacities(List<CapacitySetting> settings) => Command(
        CapacitiesSql, Array(NpgsqlDbType.Text, settings.Select(s => s.Property)), Array(NpgsqlDbType.Text, settings.Select(s => s.RoomType)),
        Array(NpgsqlDbType.Bigint, settings.Select(s => s.Version)), Array(NpgsqlDbType.Date, settings.Select(s => s.SetOn)),
        Array(NpgsqlDbType.Date, settings.Select(s => s.FromNight)), Array(NpgsqlDbType.Date, settings.Select(s => s.UntilNight)),
        Array(NpgsqlDbType.Integer, settings.Select(s => s.Rooms)));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element, IEnumerable<T> values) =>
        new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };
}
