using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>A place in the log across streams. The position alone loses events: transactions commit in another order than they took theirs.</summary>
internal readonly record struct LogCursor(ulong Transaction, long Position);

/// <summary>An event and the stream that it happened in.</summary>
internal sealed record StreamEvent(string Stream, LoggedEvent Logged);

/// <param name="Next">Where to read on.</param>
/// <param name="IsLast">Whether everything below the horizon has been read.</param>
internal sealed record LogPage(IReadOnlyList<StreamEvent> Events, LogCursor Next, bool IsLast);

/// <summary>How far a reader is behind.</summary>
/// <param name="Events">Events of its kinds that it has not dealt with, up to 100,000.</param>
/// <param name="Behind">Age of the oldest of them.</param>
/// <param name="Horizon">Age of the oldest transaction of the server that writes: no reader sees what came after it.</param>
internal sealed record ReaderLag(long Events, TimeSpan Behind, TimeSpan Horizon);

/// <summary>
/// Reads the log across streams, below the horizon of running transactions, so that no event turns up behind a reader. The order is that of
/// transactions, then positions; within a stream it is that of versions.
/// </summary>
internal class LogReader(NpgsqlDataSource database)
{
    private const string Horizon = "SELECT pg_snapshot_xmin(pg_current_snapshot())";

    private const string PageSql = """
        SELECT transaction, position, stream, version, type, payload, recorded_at FROM reservation_events
        WHERE (transaction, position) > ($1, $2) AND transaction < pg_snapshot_xmin(pg_current_snapshot()) AND type = ANY ($3)
        ORDER BY transaction, position
        LIMIT $4
        """;

    private const string RequestsSql =
        "SELECT stream, version, type, payload, recorded_at FROM reservation_events WHERE stream = ANY ($1) AND type = 'reservation.requested.v1'";

    private const string CursorSql = "SELECT transaction, position FROM log_cursors JOIN log_epoch USING (epoch) WHERE reader = $1";

    // A reader that was replaced and still writes can't move the cursor back.
    private const string MoveSql = """
        INSERT INTO log_cursors AS c (reader, epoch, transaction, position) SELECT $1, epoch, $2, $3 FROM log_epoch
        ON CONFLICT (reader) DO UPDATE SET epoch = excluded.epoch, transaction = excluded.transaction, position = excluded.position
            WHERE c.epoch <> excluded.epoch OR (c.transaction, c.position) < (excluded.transaction, excluded.position)
        """;

    // Whoever was sent back to the beginning meanwhile, whose row is gone, or who was overtaken: moves nothing.
    private const string MoveOnSql = """
        UPDATE log_cursors SET transaction = $2, position = $3
        WHERE reader = $1 AND (transaction, position) = ($4, $5) AND epoch = (SELECT epoch FROM log_epoch)
        """;

    private const string LagSql = """
        SELECT count(*), coalesce(extract(epoch FROM clock_timestamp() - min(recorded_at)), 0)::float8,
            horizon_seconds()
        FROM (
            SELECT recorded_at FROM reservation_events WHERE (transaction, position) > ($1, $2) AND type = ANY ($3) ORDER BY transaction, position LIMIT 100000
        ) AS behind
        """;

    /// <summary>The next events of these types.</summary>
    /// <param name="limit">1 to 10,000.</param>
    public virtual async Task<LogPage> Read(LogCursor after, int limit, string[] types, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Horizon));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PageSql) { Parameters = { Xid(after.Transaction), Bigint(after.Position), Text(types), new NpgsqlParameter<int> { TypedValue = limit } } });
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var horizon = new LogCursor(rows.GetFieldValue<ulong>(0), 0);
        await rows.NextResultAsync(cancellationToken);
        var events = new List<StreamEvent>();
        var last = after;
        while (await rows.ReadAsync(cancellationToken))
        {
            last = new LogCursor(rows.GetFieldValue<ulong>(0), rows.GetInt64(1));
            events.Add(Event(rows, 2));
        }

        // A page that is not full has seen all that was below the horizon before it was asked for, other types too.
        return events.Count == limit
            ? new LogPage(events, last, IsLast: false)
            : new LogPage(events, IsBefore(last, horizon) ? horizon : last, IsLast: true);
    }

    /// <summary>What was requested in each of these reservations' streams; those without a request are left out.</summary>
    public async Task<IReadOnlyDictionary<string, LoggedEvent>> Requests(IEnumerable<string> streams, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(RequestsSql);
        command.Parameters.Add(Text([.. streams]));
        var requests = new Dictionary<string, LoggedEvent>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            requests.Add(rows.GetString(0), Event(rows, 0).Logged);
        return requests;
    }

    /// <summary>Where a reader stands; the beginning for a new one, and after a restore.</summary>
    public async Task<LogCursor> Cursor(string reader, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(CursorSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = reader });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new LogCursor(rows.GetFieldValue<ulong>(0), rows.GetInt64(1)) : default;
    }

    /// <summary>Moves a reader's cursor forward, never back: after the effects, which must bear a repeat.</summary>
    public async Task Move(string reader, LogCursor to, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(MoveCommand(reader, to));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The same, for a transaction that has the effects too.</summary>
    public static NpgsqlBatchCommand MoveCommand(string reader, LogCursor to) => new(MoveSql)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = reader }, Xid(to.Transaction), Bigint(to.Position) },
    };

    /// <summary>The same, and only from where the reader stood when it read: for effects that somebody may take back meanwhile. Affects no row when it stands elsewhere.</summary>
    public static NpgsqlBatchCommand MoveCommand(string reader, LogCursor from, LogCursor to) => from == default
        ? MoveCommand(reader, to)
        : new NpgsqlBatchCommand(MoveOnSql)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = reader }, Xid(to.Transaction), Bigint(to.Position), Xid(from.Transaction), Bigint(from.Position) },
        };

    /// <summary>The log's epoch: a cursor of another one means nothing.</summary>
    /// <returns>The epoch, and how old what holds readers back is: all that was in the log before that is below the horizon of whatever is read from now on.</returns>
    public async Task<(Guid Epoch, TimeSpan Horizon)> Epoch(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT epoch, horizon_seconds() FROM log_epoch");
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return (rows.GetGuid(0), TimeSpan.FromSeconds(rows.GetDouble(1)));
    }

    /// <summary>How far a reader of these types is behind.</summary>
    public async Task<ReaderLag> Lag(string reader, string[] types, CancellationToken cancellationToken) =>
        await Lag(await Cursor(reader, cancellationToken), types, cancellationToken);

    /// <summary>How far a reader that stands there is behind.</summary>
    public async Task<ReaderLag> Lag(LogCursor cursor, string[] types, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(LagSql);
        command.Parameters.Add(Xid(cursor.Transaction));
        command.Parameters.Add(Bigint(cursor.Position));
        command.Parameters.Add(Text(types));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        return new ReaderLag(rows.GetInt64(0), TimeSpan.FromSeconds(rows.GetDouble(1)), TimeSpan.FromSeconds(rows.GetDouble(2)));
    }

    private static bool IsBefore(LogCursor one, LogCursor other) =>
        (one.Transaction, one.Position).CompareTo((other.Transaction, other.Position)) < 0;

    protected static StreamEvent Event(NpgsqlDataReader rows, int first)
    {
        var type = rows.GetString(first + 2);
        return new StreamEvent(rows.GetString(first), new LoggedEvent(
            rows.GetInt64(first + 1), type, EventTypes.Read(type, rows.GetString(first + 3)), rows.GetFieldValue<DateTimeOffset>(first + 4)));
    }

    private static NpgsqlParameter<ulong> Xid(ulong value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Xid8 };

    private static NpgsqlParameter<long> Bigint(long value) => new() { TypedValue = value };

    private static NpgsqlParameter<string[]> Text(string[] values) => new() { TypedValue = values };
}
