using Npgsql;

namespace TravelHub.Client.Replay.Audit;

/// <summary>Reads the run's reservations from the log.</summary>
internal sealed class ReservationLog(NpgsqlDataSource database)
{
    // A reservation belongs to the run when it asked for one of the run's properties, or when a hold on one of them names it.
    // strpos keeps the parsing of JSON to the run's own rows; the table has no index by type, because nothing but checks would use it.
    private const string Sql = """
        WITH mine AS MATERIALIZED (
            SELECT stream FROM reservation_events
            WHERE type = 'reservation.requested.v1' AND strpos(payload, @run) > 0
                AND EXISTS (
                    SELECT FROM jsonb_array_elements(payload::jsonb -> 'stays') AS stay WHERE stay ->> 'propertyId' = ANY (@properties))
            UNION
            SELECT 'reservation/' || (payload::jsonb #>> '{hold,reservation}') FROM reservation_events
            WHERE stream = ANY (@inventories) AND type = 'inventory.held.v1'
        ), happened AS (
            SELECT mine.stream, version, type, CASE
                WHEN type IN ('reservation.requested.v1', 'reservation.confirmed.v1', 'reservation.refunded.v1') THEN payload::jsonb END AS payload
            FROM mine LEFT JOIN reservation_events USING (stream)
        )
        SELECT
            substr(stream, length('reservation/') + 1)::uuid,
            count(*) FILTER (WHERE type = 'reservation.confirmed.v1')::int,
            (array_agg((payload #>> '{total,amountMinor}')::bigint ORDER BY version DESC)
                FILTER (WHERE type = 'reservation.confirmed.v1'))[1],
            (array_agg(payload #>> '{total,currency}' ORDER BY version DESC) FILTER (WHERE type = 'reservation.confirmed.v1'))[1],
            count(*) FILTER (WHERE type = 'reservation.cancelled.v1')::int,
            coalesce(sum((payload #>> '{amount,amountMinor}')::bigint) FILTER (WHERE type = 'reservation.refunded.v1'), 0)::bigint,
            coalesce(bool_or(type IN ('reservation.confirmed.v1', 'reservation.cancelled.v1', 'reservation.sold-out.v1', 'reservation.lapsed.v1'))
                    OR NOT bool_or(type = 'reservation.requested.v1') AND bool_or(type = 'reservation.abandoned.v1'), false)
                AND (count(*) FILTER (WHERE type = 'reservation.cancel-requested.v1') = 0
                    OR count(*) FILTER (WHERE type = 'reservation.cancelled.v1') > 0),
            -- Only the request has stays, and a row of the run asks for one.
            min(payload #>> '{stays,0,propertyId}'),
            min(payload #>> '{stays,0,roomType}'),
            min((payload #>> '{stays,0,nights,checkIn}')::date),
            min((payload #>> '{stays,0,nights,checkOut}')::date)
        FROM happened
        GROUP BY stream
        ORDER BY stream
        """;

    public async Task<IReadOnlyList<LoggedReservation>> Read(ReplayPlan plan, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        // The log may be long, and this reads all of it.
        command.CommandTimeout = (int)TimeSpan.FromMinutes(5).TotalSeconds;
        command.Parameters.AddWithValue("run", plan.Run);
        command.Parameters.AddWithValue("properties", plan.Properties.Select(property => property.Id).ToArray());
        command.Parameters.AddWithValue("inventories", plan.InventoryStreams().ToArray());
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var reservations = new List<LoggedReservation>();
        while (await rows.ReadAsync(cancellationToken))
        {
            reservations.Add(new LoggedReservation(
                rows.GetGuid(0),
                rows.GetInt32(1),
                rows.IsDBNull(2) ? null : rows.GetInt64(2),
                rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.GetInt32(4),
                rows.GetInt64(5),
                rows.GetBoolean(6))
            {
                Stay = rows.IsDBNull(7)
                    ? null
                    : new LoggedStay(rows.GetString(7), rows.GetString(8), rows.GetFieldValue<DateOnly>(9), rows.GetFieldValue<DateOnly>(10)),
            });
        }

        return reservations;
    }
}
