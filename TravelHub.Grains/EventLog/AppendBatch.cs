using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// Many appends in one message and one transaction. Each is all or nothing: a stream that is not where its writer believes it to be is
/// left out, its neighbours are written. A batch names a stream once at most.
/// </summary>
internal static class AppendBatch
{
    // The chain goes on from the head as the statement's snapshot has it. That is the head which the INSERT locks, or the append is refused: a
    // head moves only by appends, and each raises its version.
    // IS TRUE keeps the planner, which expects one row, from a join that looks through all streams for each event: it took most of a big batch.
    // The INSERT locks the heads in sorted order, so that two batches never wait for each other in a circle; ON CONFLICT compares and sets.
    private const string WriteSql = """
        WITH request AS MATERIALIZED (
            SELECT r.stream, r.expected, r.events, coalesce(h.hash, stream_seed(r.stream)) AS hash
            FROM unnest($1, $2, $3) AS r (stream, expected, events) LEFT JOIN stream_heads h ON h.stream = r.stream
            WHERE r.expected = coalesce(h.version, 0)
        ), chained AS MATERIALIZED (
            SELECT e.stream, e.version, e.type, e.payload, e.append_id, e.ordinal,
                request.expected, request.expected + request.events AS last,
                event_chain(request.hash, e.version, e.type, e.payload) OVER (PARTITION BY e.stream ORDER BY e.version) AS hash
            FROM unnest($4, $5, $6, $7, $8) WITH ORDINALITY AS e (stream, version, type, payload, append_id, ordinal)
            JOIN request ON request.stream = e.stream
        ), won AS (
            INSERT INTO stream_heads AS head (stream, version, previous, hash)
            SELECT stream, version, expected, hash FROM chained WHERE version = last
            ORDER BY stream
            ON CONFLICT (stream) DO UPDATE SET version = excluded.version, previous = excluded.previous, hash = excluded.hash
                WHERE head.version = excluded.previous
            RETURNING stream
        ), events AS (
            INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
            SELECT e.stream, e.version, e.type, e.payload, e.append_id, $9, e.hash
            FROM chained AS e WHERE (e.stream IN (SELECT stream FROM won)) IS TRUE
            ORDER BY e.ordinal
        ), personal AS (
            INSERT INTO guests (id, name, email, reservation)
            SELECT g.id, g.name, g.email, g.reservation FROM unnest($10, $11, $12, $13, $22) AS g (stream, id, name, email, reservation)
            JOIN won ON won.stream = g.stream
        ), own AS (
            INSERT INTO reservations AS own (id, owner, status, version, created_at, wake_at, view)
            SELECT r.id, r.owner, r.status, r.version, r.created_at, r.wake_at, r.view
            FROM unnest($14, $15, $16, $17, $18, $19, $20, $21) AS r (stream, id, owner, status, version, created_at, wake_at, view)
            JOIN won ON won.stream = r.stream
            ON CONFLICT (id) DO UPDATE
                SET status = excluded.status, version = excluded.version, wake_at = excluded.wake_at, view = excluded.view
        )
        SELECT stream FROM won
        """;

    private const string CheckSql = """
        SELECT c.stream FROM unnest($1, $2) AS c (stream, expected)
        LEFT JOIN stream_heads h ON h.stream = c.stream
        WHERE coalesce(h.version, 0) = c.expected
        """;

    private const string LookUpSql = """
        SELECT l.stream FROM unnest($1, $2, $3) AS l (stream, version, append_id)
        JOIN reservation_events e ON e.stream = l.stream AND e.version = l.version AND e.append_id = l.append_id
        """;

    /// <summary>Writes the appends that have events and checks the version of those that have none.</summary>
    /// <returns>The streams that were where their writers believed them to be; what they asked for is durable.</returns>
    public static async Task<HashSet<string>> Write(
        NpgsqlDataSource database, IReadOnlyList<PendingAppend> appends, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        var writes = appends.Where(a => a.Events.Length > 0).ToArray();
        var checks = appends.Where(a => a.Events.Length == 0).ToArray();
        if (writes.Length > 0)
            batch.BatchCommands.Add(WriteCommand(writes, now));
        if (checks.Length > 0)
            batch.BatchCommands.Add(Command(
                CheckSql, Text(checks.Select(c => c.Stream)), Bigint(checks.Select(c => c.Append.ExpectedVersion))));
        return await Streams(batch, cancellationToken);
    }

    /// <summary>Which of these appends the log holds already: asked when an answer was lost.</summary>
    public static async Task<HashSet<string>> LookUp(
        NpgsqlDataSource database, IReadOnlyList<PendingAppend> appends, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(
            LookUpSql,
            Text(appends.Select(a => a.Stream)),
            Bigint(appends.Select(a => a.Append.ExpectedVersion + 1)),
            Uuid(appends.Select(a => a.Id))));
        return await Streams(batch, cancellationToken);
    }

    private static async Task<HashSet<string>> Streams(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var streams = new HashSet<string>();
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await rows.ReadAsync(cancellationToken))
                streams.Add(rows.GetString(0));
        }
        while (await rows.NextResultAsync(cancellationToken));
        return streams;
    }

    private static NpgsqlBatchCommand WriteCommand(PendingAppend[] writes, DateTimeOffset now)
    {
        var events = writes.SelectMany(w => w.Events.Select((e, i) => (w.Stream, Version: w.Append.ExpectedVersion + 1 + i, e.Type, e.Payload, w.Id))).ToArray();
        var guests = writes.Where(w => w.Append.Guest is not null).Select(w => (w.Stream, Row: w.Append.Guest!, Reservation: w.Append.Reservation?.Id)).ToArray();
        var own = writes.Where(w => w.Append.Reservation is not null).Select(w => (w.Stream, Row: w.Append.Reservation!)).ToArray();
        return Command(
            WriteSql,
            Text(writes.Select(w => w.Stream)),
            Bigint(writes.Select(w => w.Append.ExpectedVersion)),
            Array(NpgsqlDbType.Integer, writes.Select(w => w.Events.Length)),
            Text(events.Select(e => e.Stream)),
            Bigint(events.Select(e => e.Version)),
            Text(events.Select(e => e.Type)),
            Text(events.Select(e => e.Payload)),
            Uuid(events.Select(e => e.Id)),
            new NpgsqlParameter<DateTimeOffset> { TypedValue = now, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            Text(guests.Select(g => g.Stream)),
            Uuid(guests.Select(g => g.Row.Id)),
            Text(guests.Select(g => g.Row.Name)),
            Text(guests.Select(g => g.Row.Email)),
            Text(own.Select(o => o.Stream)),
            Uuid(own.Select(o => o.Row.Id)),
            Text(own.Select(o => o.Row.Owner)),
            Text(own.Select(o => o.Row.Status)),
            Bigint(own.Select(o => o.Row.Version)),
            Array(NpgsqlDbType.TimestampTz, own.Select(o => o.Row.CreatedAt)),
            Array(NpgsqlDbType.TimestampTz, own.Select(o => o.Row.WakeAt)),
            Text(own.Select(o => o.Row.View)),
            Array(NpgsqlDbType.Uuid, guests.Select(g => g.Reservation)));
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    private static NpgsqlParameter<string[]> Text(IEnumerable<string> values) => Array(NpgsqlDbType.Text, values);

    private static NpgsqlParameter<long[]> Bigint(IEnumerable<long> values) => Array(NpgsqlDbType.Bigint, values);

    private static NpgsqlParameter<Guid[]> Uuid(IEnumerable<Guid> values) => Array(NpgsqlDbType.Uuid, values);

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element, IEnumerable<T> values) =>
        new() { TypedValue = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | element };
}
