using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Reservations;

/// <summary>What a rebuild of the owners' lists found and put right.</summary>
/// <param name="Streams">Reservations in the log.</param>
/// <param name="Missing">Rows that were not there, and are now.</param>
/// <param name="Wrong">Rows that were not what the log says, and are now.</param>
/// <param name="Surplus">Rows of reservations that the log does not know; they are gone.</param>
public sealed record RebuildReport(long Streams, long Missing, long Wrong, long Surplus);

/// <summary>
/// Makes the rows of the owners' lists anew from the log, while the service runs. A page of streams is locked against appends for the
/// milliseconds that its fold takes, so what is written is what the log says at that moment, and a later append writes over it.
/// </summary>
public static class ReservationListRebuild
{
    private const int StreamsPerPage = 100;
    private const int RowsPerPage = 1_000;
    private const string Prefix = "reservation/";

    // Appends lock the heads in the same order, so neither waits for the other in a circle; an append's lock waits for this one.
    private const string LockSql = """
        SELECT stream FROM stream_heads WHERE stream > $1 AND starts_with(stream, 'reservation/') ORDER BY stream LIMIT $2 FOR SHARE
        """;

    private const string EventsSql = """
        SELECT stream, type, payload, recorded_at FROM reservation_events WHERE stream = ANY ($1) ORDER BY stream, version
        """;

    // While work is under way the alarm was set from the clock of the append, just before the event was recorded: any that rings by then is right.
    private const string WriteSql = """
        WITH found AS (
            SELECT w.*, own.id IS NULL AS is_missing
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS w (id, owner, status, version, created_at, wake_at, view, is_under_way)
            LEFT JOIN reservations own ON own.id = w.id
            WHERE own.id IS NULL
                OR (own.owner, own.status, own.version, own.created_at, own.view) IS DISTINCT FROM (w.owner, w.status, w.version, w.created_at, w.view)
                OR CASE WHEN w.is_under_way THEN own.wake_at IS NULL OR own.wake_at > w.wake_at ELSE own.wake_at IS DISTINCT FROM w.wake_at END
        ), written AS (
            INSERT INTO reservations AS own (id, owner, status, version, created_at, wake_at, view)
            SELECT id, owner, status, version, created_at, wake_at, view FROM found
            ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, status = excluded.status, version = excluded.version,
                created_at = excluded.created_at, wake_at = excluded.wake_at, view = excluded.view
        )
        SELECT count(*) FILTER (WHERE is_missing), count(*) FILTER (WHERE NOT is_missing) FROM found
        """;

    // A row and its stream's request are committed together: a row without it is nobody's. An abandoned stream has no owner and no row. All of them at
    // once would take longer than a statement may, and hold back the log's readers meanwhile.
    private const string SurplusSql = """
        WITH page AS MATERIALIZED (
            SELECT id FROM reservations WHERE id > $1 ORDER BY id LIMIT $2
        ), surplus AS (
            DELETE FROM reservations own USING page WHERE own.id = page.id AND NOT EXISTS (
                SELECT FROM reservation_events e
                WHERE e.stream = 'reservation/' || own.id AND e.type = 'reservation.requested.v1')
            RETURNING own.id
        )
        SELECT (SELECT id FROM page ORDER BY id DESC LIMIT 1), (SELECT count(*) FROM surplus)
        """;

    /// <param name="resumeAfter">As in <see cref="ReservationOptions.ResumeAfter"/>: when recovery looks at a row that has to be made anew.</param>
    public static async Task<RebuildReport> Run(NpgsqlDataSource database, TimeSpan resumeAfter, CancellationToken cancellationToken)
    {
        var report = new RebuildReport(0, 0, 0, 0);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        for (var last = ""; ;)
        {
            await using var page = await connection.BeginTransactionAsync(cancellationToken);
            var streams = await Lock(connection, last, cancellationToken);
            if (streams.Count == 0)
                break;
            last = streams[^1];
            var (missing, wrong) = await Write(connection, await Fold(connection, streams, resumeAfter, cancellationToken), cancellationToken);
            await page.CommitAsync(cancellationToken);
            report = report with { Streams = report.Streams + streams.Count, Missing = report.Missing + missing, Wrong = report.Wrong + wrong };
        }

        return report with { Surplus = await DropSurplus(connection, cancellationToken) };
    }

    private static async Task<long> DropSurplus(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var dropped = 0L;
        for (Guid? last = Guid.Empty; last is { } after;)
        {
            await using var command = new NpgsqlCommand(SurplusSql, connection);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = after });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = RowsPerPage });
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            last = rows.IsDBNull(0) ? null : rows.GetGuid(0);
            dropped += rows.GetInt64(1);
        }

        return dropped;
    }

    private static async Task<List<string>> Lock(NpgsqlConnection connection, string after, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(LockSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = after });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = StreamsPerPage });
        var streams = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            streams.Add(rows.GetString(0));
        return streams;
    }

    private static async Task<List<Wanted>> Fold(
        NpgsqlConnection connection, List<string> streams, TimeSpan resumeAfter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(EventsSql, connection);
        command.Parameters.Add(Array(NpgsqlDbType.Text, streams));
        var wanted = new List<Wanted>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        ReservationState? state = null;
        var recordedAt = default(DateTimeOffset);
        while (await rows.ReadAsync(cancellationToken))
        {
            var id = Guid.Parse(rows.GetString(0).AsSpan(Prefix.Length));
            if (state?.Id != id)
            {
                Finish();
                state = new ReservationState(id);
            }

            state = ReservationHistory.Evolve(state!, (ReservationEvent)EventTypes.Read(rows.GetString(1), rows.GetString(2)));
            recordedAt = rows.GetFieldValue<DateTimeOffset>(3);
        }

        Finish();
        return wanted;

        void Finish()
        {
            if (state is not null && ReservationRows.Of(state, recordedAt, resumeAfter) is { } row)
                wanted.Add(new Wanted(row, state.Phase is ReservationPhase.Pending or ReservationPhase.Cancelling));
        }
    }

    private static async Task<(long Missing, long Wrong)> Write(
        NpgsqlConnection connection, List<Wanted> wanted, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(WriteSql, connection);
        command.Parameters.Add(Array(NpgsqlDbType.Uuid, wanted.Select(w => w.Row.Id)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, wanted.Select(w => w.Row.Owner)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, wanted.Select(w => w.Row.Status)));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, wanted.Select(w => w.Row.Version)));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, wanted.Select(w => w.Row.CreatedAt)));
        command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, wanted.Select(w => w.Row.WakeAt)));
        command.Parameters.Add(Array(NpgsqlDbType.Text, wanted.Select(w => w.Row.View)));
        command.Parameters.Add(Array(NpgsqlDbType.Boolean, wanted.Select(w => w.IsUnderWay)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetInt64(0), rows.GetInt64(1));
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element, IEnumerable<T> values) =>
        new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };

    private sealed record Wanted(ReservationRow Row, bool IsUnderWay);
}
