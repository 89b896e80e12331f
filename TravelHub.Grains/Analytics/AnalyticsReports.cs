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
    private const string NamesSql = "CASE WHEN $2 THEN coalesce(p.destination, '') ELSE '' END AS destination, CASE WHEN $3 THEN p.property ELSE '' END AS name";

    private const string PlacesSql = "($6 IS NULL OR p.destination = $6) AND ($7 IS NULL OR p.property = $7)";

    private const string PageSql = "($8::date IS NULL OR (day, destination, property) > ($8, $9, $10)) ORDER BY day, destination, property LIMIT $11";

    private const string BookingsSql = $"""
        WITH by_currency AS (
            SELECT CASE WHEN $1 THEN f.day ELSE DATE '-infinity' END AS day, {NamesSql}, f.currency, sum(f.bookings) AS bookings,
                sum(f.cancellations) AS cancellations, sum(f.lead_days) AS lead_days, sum(f.room_nights) AS room_nights, sum(f.revenue_minor) AS revenue
            FROM booking_days f JOIN properties p USING (property) WHERE f.day >= $4 AND f.day < $5 AND {PlacesSql} GROUP BY 1, 2, 3, 4
        ), summed AS (
            SELECT day, destination, name AS property, sum(bookings)::bigint, sum(cancellations)::bigint, sum(lead_days)::bigint, sum(room_nights)::bigint,
                array_agg(currency ORDER BY currency), array_agg(revenue::bigint ORDER BY currency)
            FROM by_currency GROUP BY 1, 2, 3
        )
        SELECT * FROM summed WHERE {PageSql}
        """;

    // A room type's rooms on a night: the last setting that may be about it and covers it, a range before the base. A base holds for a span of nights:
    // it is added where it begins and taken off where it ends, whatever the number of nights between. Only room types with ranges are looked at night by night.
    // Every key has a row each night, so that a page by day ends within as many days as it takes to fill it: more of them are not made.
    private const string NightsSql = $"""
        WITH room_types AS MATERIALIZED (
            SELECT c.property, c.room_type, bool_or(c.from_night IS NOT NULL) AS has_ranges, {NamesSql}
            FROM capacities c JOIN properties p USING (property) WHERE {PlacesSql} GROUP BY c.property, c.room_type, p.destination, p.property
        ), keys AS MATERIALIZED (
            SELECT DISTINCT destination, name FROM room_types
        ), asked AS MATERIALIZED (
            SELECT greatest($4, $8) AS since, CASE WHEN $1 THEN least($5, greatest($4, $8) + $11 / greatest(count(*)::integer, 1) + 2) ELSE $5 END AS until FROM keys
        ), days AS (
            SELECT since + n AS day FROM asked CROSS JOIN generate_series(0, CASE WHEN $1 THEN until - since - 1 ELSE -1 END) AS n
        ), bases AS MATERIALIZED (
            SELECT property, room_type, rooms, set_on AS since, lead(set_on, 1, DATE 'infinity') OVER (PARTITION BY property, room_type ORDER BY version) AS until
            FROM capacities WHERE from_night IS NULL
        ), spans AS MATERIALIZED (
            SELECT t.destination, t.name, greatest(b.since, asked.since) AS since, least(b.until, asked.until) AS until, sum(b.rooms) AS rooms
            FROM room_types t JOIN bases b USING (property, room_type) CROSS JOIN asked
            WHERE NOT t.has_ranges AND greatest(b.since, asked.since) < least(b.until, asked.until) GROUP BY 1, 2, 3, 4
        ), changes AS (
            SELECT day, destination, name, sum(rooms) AS rooms
            FROM (SELECT since AS day, destination, name, rooms FROM spans UNION ALL SELECT until, destination, name, -rooms FROM spans) AS ends GROUP BY 1, 2, 3
        ), by_day AS (
            SELECT day, destination, name, sum(coalesce(c.rooms, 0)) OVER (PARTITION BY destination, name ORDER BY day) AS available
            FROM keys CROSS JOIN days LEFT JOIN changes c USING (day, destination, name)
        ), total AS (
            SELECT DATE '-infinity' AS day, destination, name, sum(coalesce(s.rooms * (s.until - s.since), 0)) AS available
            FROM keys LEFT JOIN spans s USING (destination, name) WHERE NOT $1 GROUP BY 2, 3
        ), ranged AS (
            SELECT CASE WHEN $1 THEN night ELSE DATE '-infinity' END AS day, t.destination, t.name, sum(coalesce(r.rooms, b.rooms, 0)) AS available
            FROM asked CROSS JOIN generate_series(0, asked.until - asked.since - 1) AS n CROSS JOIN LATERAL (SELECT asked.since + n AS night) AS d
            JOIN room_types t ON t.has_ranges
            LEFT JOIN bases b ON b.property = t.property AND b.room_type = t.room_type AND b.since <= night AND night < b.until
            LEFT JOIN LATERAL (
                SELECT c.rooms FROM capacities c
                WHERE c.property = t.property AND c.room_type = t.room_type AND c.from_night <= night AND night < c.until_night AND c.set_on <= night
                ORDER BY c.version DESC LIMIT 1
            ) AS r ON true
            GROUP BY 1, 2, 3
        ), available AS (
            SELECT day, destination, name AS property, sum(available) AS available
            FROM (SELECT * FROM by_day UNION ALL SELECT * FROM total UNION ALL SELECT * FROM ranged) AS parts GROUP BY 1, 2, 3
        ), by_currency AS (
            SELECT CASE WHEN $1 THEN f.night ELSE DATE '-infinity' END AS day, {NamesSql}, f.currency, sum(f.rooms) AS rooms, sum(f.revenue_minor) AS revenue
            FROM asked JOIN night_days f ON f.night >= asked.since AND f.night < asked.until JOIN properties p USING (property)
            WHERE f.rooms <> 0 AND {PlacesSql} GROUP BY 1, 2, 3, 4
        ), sold AS (
            SELECT day, destination, name AS property, sum(rooms) AS rooms, array_agg(currency ORDER BY currency) AS currencies,
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
