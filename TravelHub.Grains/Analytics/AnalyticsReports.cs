using System.Collections.Immutable;
using Npgsql;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Analytics;

/// <summary>Sums figures up for who asks.</summary>
internal sealed class AnalyticsReports(NpgsqlDataSource figures)
{
    // What is not told apart has a key of nothing, so that all rows have the same order. The day of nothing is what DateOnly.MinValue is to the database, both
    // ways: the key comes back as the page's beginning.
    private const string KeySql = """
        CASE WHEN $1 THEN f.day ELSE DATE '-infinity' END AS day,
            CASE WHEN $2 THEN coalesce(p.destination, '') ELSE '' END AS destination, CASE WHEN $3 THEN p.property ELSE '' END AS property
        """;

    private const string PickedSql = """
        f.day >= $4 AND f.day < $5 AND ($6 IS NULL OR p.destination = $6) AND ($7 IS NULL OR p.property = $7)
        """;

    private const string PageSql = "($8::date IS NULL OR (day, destination, property) > ($8, $9, $10)) ORDER BY day, destination, property LIMIT $11";

    private const string BookingsSql = $"""
        WITH by_currency AS (
            SELECT {KeySql}, f.currency, sum(f.bookings) AS bookings, sum(f.cancellations) AS cancellations, sum(f.lead_days) AS lead_days,
                sum(f.room_nights) AS room_nights, sum(f.revenue_minor) AS revenue
            FROM booking_days f JOIN properties p USING (property) WHERE {PickedSql} GROUP BY 1, 2, 3, 4
        ), summed AS (
            SELECT day, destination, property, sum(bookings)::bigint, sum(cancellations)::bigint, sum(lead_days)::bigint, sum(room_nights)::bigint,
                array_agg(currency ORDER BY currency), array_agg(revenue::bigint ORDER BY currency)
            FROM by_currency GROUP BY 1, 2, 3
        )
        SELECT * FROM summed WHERE {PageSql}
        """;

    // A room type's rooms on a night: the last setting from that night or before that covers it, a range before the base. Base settings are turned into
    // spans of nights; ranges are looked at for those room types alone that have any.
    private const string NightsSql = $"""
        WITH nights AS (
            SELECT generate_series($4::date, $5::date - 1, interval '1 day')::date AS day
        ), bases AS (
            SELECT property, room_type, rooms, set_on AS since, lead(set_on) OVER (PARTITION BY property, room_type ORDER BY version) AS until
            FROM capacities WHERE from_night IS NULL
        ), room_types AS (
            SELECT property, room_type, bool_or(from_night IS NOT NULL) AS has_ranges FROM capacities GROUP BY 1, 2
        ), offered AS (
            SELECT nights.day, t.property, sum(coalesce(r.rooms, b.rooms, 0)) AS available
            FROM room_types t CROSS JOIN nights
            LEFT JOIN bases b ON b.property = t.property AND b.room_type = t.room_type AND b.since <= nights.day AND (b.until IS NULL OR nights.day < b.until)
            LEFT JOIN LATERAL (
                SELECT c.rooms FROM capacities c
                WHERE t.has_ranges AND c.property = t.property AND c.room_type = t.room_type
                    AND c.from_night <= nights.day AND nights.day < c.until_night AND c.set_on <= nights.day
                ORDER BY c.version DESC LIMIT 1
            ) AS r ON true
            WHERE $7 IS NULL OR t.property = $7
            GROUP BY 1, 2
        ), available AS (
            SELECT {KeySql}, sum(f.available) AS available FROM offered f JOIN properties p USING (property) WHERE {PickedSql} GROUP BY 1, 2, 3
        ), by_currency AS (
            SELECT {KeySql}, f.currency, sum(f.rooms) AS rooms, sum(f.revenue_minor) AS revenue
            FROM (SELECT night AS day, property, currency, rooms, revenue_minor FROM night_days WHERE rooms <> 0) AS f JOIN properties p USING (property)
            WHERE {PickedSql} GROUP BY 1, 2, 3, 4
        ), sold AS (
            SELECT day, destination, property, sum(rooms) AS rooms, array_agg(currency ORDER BY currency) AS currencies,
                array_agg(revenue::bigint ORDER BY currency) AS revenues, array_agg(rooms::bigint ORDER BY currency) AS sales
            FROM by_currency GROUP BY 1, 2, 3
        ), summed AS (
            SELECT day, destination, property, coalesce(available, 0)::bigint, coalesce(rooms, 0)::bigint,
                coalesce(currencies, ARRAY[]::text[]), coalesce(revenues, ARRAY[]::bigint[]), coalesce(sales, ARRAY[]::bigint[])
            FROM available FULL JOIN sold USING (day, destination, property)
        )
        SELECT * FROM summed WHERE {PageSql}
        """;

    /// <inheritdoc cref="IAnalyticsGrain.Bookings"/>
    public Task<ImmutableArray<BookingFigures>> Bookings(AnalyticsQuery query, CancellationToken cancellationToken) => Rows(BookingsSql, query, row =>
        new BookingFigures(
            Key(row), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6),
            [.. row.GetFieldValue<string[]>(7).Zip(row.GetFieldValue<long[]>(8), (currency, minor) => new Money(minor, currency))]), cancellationToken);

    /// <inheritdoc cref="IAnalyticsGrain.Nights"/>
    public Task<ImmutableArray<NightFigures>> Nights(AnalyticsQuery query, CancellationToken cancellationToken) => Rows(NightsSql, query, row =>
        new NightFigures(
            Key(row), row.GetInt64(3), row.GetInt64(4),
            [.. row.GetFieldValue<string[]>(5).Zip(row.GetFieldValue<long[]>(6), row.GetFieldValue<long[]>(7))
                .Select(sale => new NightSales(new Money(sale.Second, sale.First), sale.Third))]), cancellationToken);

    private async Task<ImmutableArray<T>> Rows<T>(string sql, AnalyticsQuery query, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using var command = figures.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = query.ByDay });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = query.ByDestination });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = query.ByProperty });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = query.From });
        command.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = query.Until });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = query.Destination });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = query.Property });
        command.Parameters.Add(new NpgsqlParameter<DateOnly?> { TypedValue = query.After?.Day });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = query.After?.Destination ?? "" });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = query.After?.Property ?? "" });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Limit });
        var found = ImmutableArray.CreateBuilder<T>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(read(rows));
        return found.DrainToImmutable();
    }

    private static AnalyticsKey Key(NpgsqlDataReader row) => new(row.GetFieldValue<DateOnly>(0), row.GetString(1), row.GetString(2));
}
