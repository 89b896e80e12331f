using Npgsql;

namespace TravelHub.Client.Replay.Audit;

/// <summary>How a room type's stock went, moment by moment.</summary>
/// <param name="Moments">Changes of a night, counted for each night.</param>
/// <param name="FullNights">Nights that at some moment had no room left.</param>
/// <param name="Broken">Moments at which a night had more rooms taken than capacity and allowance, or fewer than none.</param>
/// <param name="FirstBroken">Says where; null when there is none.</param>
/// <param name="RepeatedHolds">Holds that the stream places while they stand, or releases while they do not.</param>
internal sealed record StockHistory(
    string Stream, long Nights, long Moments, IReadOnlySet<DateOnly> FullNights, long Broken, string? FirstBroken, long RepeatedHolds);

/// <summary>Rooms held or sold on a night, after all that happened.</summary>
internal readonly record struct TakenNight(string Stream, DateOnly Night, long Rooms);

/// <summary>Folds the run's inventory streams, in the database.</summary>
internal sealed class StockLog(NpgsqlDataSource database)
{
    // A hold takes its rooms on each of its nights, a release gives back what its hold took; a sale changes who has them, not how many. A hold may be
    // placed again after its release, by a request that arrives late; nth tells which of them a release is about.
    // A change of capacity is a moment of every night in its range that has ever had a room taken.
    private const string Changes = """
        WITH happened AS MATERIALIZED (
            SELECT stream, version, type, payload::jsonb AS payload,
                payload::jsonb #>> '{hold,reservation}' AS reservation, payload::jsonb #>> '{hold,stay}' AS stay,
                count(*) FILTER (WHERE type = 'inventory.held.v1') OVER (
                    PARTITION BY stream, payload::jsonb #>> '{hold,reservation}', payload::jsonb #>> '{hold,stay}' ORDER BY version) AS nth
            FROM reservation_events WHERE stream = ANY (@streams)
        ), held AS MATERIALIZED (
            SELECT stream, version, reservation, stay, nth, (payload ->> 'rooms')::bigint AS rooms,
                (payload #>> '{nights,checkIn}')::date AS check_in, (payload #>> '{nights,checkOut}')::date AS check_out
            FROM happened WHERE type = 'inventory.held.v1'
        ), capacity AS MATERIALIZED (
            SELECT stream, version, (payload ->> 'rooms')::bigint + (payload ->> 'allowance')::bigint AS rooms,
                (payload #>> '{range,checkIn}')::date AS check_in, (payload #>> '{range,checkOut}')::date AS check_out
            FROM happened WHERE type = 'inventory.capacity-set.v1'
        ), changes AS MATERIALIZED (
            SELECT stream, version, check_in + night AS night, rooms
            FROM held CROSS JOIN LATERAL generate_series(0, check_out - check_in - 1) AS night
            UNION ALL
            SELECT released.stream, released.version, check_in + night, -rooms
            FROM happened AS released
            JOIN held ON held.stream = released.stream AND held.reservation = released.reservation AND held.stay = released.stay
                AND held.nth = released.nth
            CROSS JOIN LATERAL generate_series(0, check_out - check_in - 1) AS night
            WHERE released.type = 'inventory.released.v1'
        )
        """;

    // The capacity of a night is what was last set for a range that has it, or else what was last set for all.
    private const string HistorySql = Changes + """
        , moments AS (
            SELECT stream, version, night, sum(rooms) OVER (PARTITION BY stream, night ORDER BY version) AS taken
            FROM (
                SELECT * FROM changes
                UNION ALL
                SELECT capacity.stream, capacity.version, night, 0
                FROM capacity JOIN (SELECT DISTINCT stream, night FROM changes) AS nights
                    ON nights.stream = capacity.stream AND (check_in IS NULL OR night >= check_in AND night < check_out)
            ) AS all_changes
        ), judged AS (
            SELECT moments.*, allowed, taken > allowed OR taken < 0 AS broken
            FROM moments CROSS JOIN LATERAL (
                SELECT coalesce((
                    SELECT rooms FROM capacity
                    WHERE capacity.stream = moments.stream AND capacity.version <= moments.version
                        AND (check_in IS NULL OR night >= check_in AND night < check_out)
                    ORDER BY check_in IS NULL, version DESC LIMIT 1), 0) AS allowed
            ) AS limits
        ), repeated AS (
            SELECT stream, count(DISTINCT (reservation, stay)) AS holds
            FROM (
                SELECT stream, reservation, stay, type = lag(type) OVER (PARTITION BY stream, reservation, stay ORDER BY version) AS again
                FROM happened WHERE type IN ('inventory.held.v1', 'inventory.released.v1')
            ) AS each WHERE again GROUP BY stream
        )
        SELECT wanted.stream, count(DISTINCT night), count(night), coalesce(array_agg(DISTINCT night) FILTER (WHERE taken >= allowed), ARRAY[]::date[]), count(*) FILTER (WHERE broken),
            (array_agg(format('%s night %s: %s rooms taken, %s allowed, at version %s', wanted.stream, night, taken, allowed, version)
                ORDER BY version, night) FILTER (WHERE broken))[1],
            coalesce((SELECT holds FROM repeated WHERE repeated.stream = wanted.stream), 0)
        FROM unnest(@streams) AS wanted (stream) LEFT JOIN judged USING (stream)
        GROUP BY wanted.stream
        ORDER BY wanted.stream
        """;

    private const string TakenSql = Changes + """
        SELECT stream, night, sum(rooms)::bigint FROM changes GROUP BY stream, night HAVING sum(rooms) <> 0
        """;

    public async Task<IReadOnlyList<StockHistory>> History(IEnumerable<string> streams, CancellationToken cancellationToken)
    {
        await using var command = Command(HistorySql, streams);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var histories = new List<StockHistory>();
        while (await rows.ReadAsync(cancellationToken))
        {
            histories.Add(new StockHistory(
                rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetFieldValue<DateOnly[]>(3).ToHashSet(), rows.GetInt64(4),
                rows.IsDBNull(5) ? null : rows.GetString(5), rows.GetInt64(6)));
        }

        return histories;
    }

    /// <returns>Nights with rooms taken; the others are left out.</returns>
    public async Task<IReadOnlyList<TakenNight>> TakenAtEnd(IEnumerable<string> streams, CancellationToken cancellationToken)
    {
        await using var command = Command(TakenSql, streams);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var nights = new List<TakenNight>();
        while (await rows.ReadAsync(cancellationToken))
            nights.Add(new TakenNight(rows.GetString(0), rows.GetFieldValue<DateOnly>(1), rows.GetInt64(2)));
        return nights;
    }

    private NpgsqlCommand Command(string sql, IEnumerable<string> streams)
    {
        var command = database.CreateCommand(sql);
        command.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        command.Parameters.AddWithValue("streams", streams.ToArray());
        return command;
    }
}
