using Npgsql;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Faults;

/// <summary>A planted bug: the reader goes on from the last position it saw, and an event of a lower one that is committed later is lost on it.</summary>
internal sealed class PositionLogReader(NpgsqlDataSource database) : LogReader(database)
{
    private const string PageSql = """
        SELECT transaction, position, stream, version, type, payload, recorded_at FROM reservation_events
        WHERE position > $1 AND type = ANY ($2) ORDER BY position LIMIT $3
        """;

    private readonly NpgsqlDataSource _database = database;

    public override async Task<LogPage> Read(LogCursor after, int limit, string[] types, CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand(PageSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Position });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = types });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var events = new List<StreamEvent>();
        while (await rows.ReadAsync(cancellationToken))
        {
            events.Add(Event(rows, 2));
            // The stored cursor never moves back: the higher transaction stays, so that the position alone decides.
            after = new LogCursor(Math.Max(after.Transaction, rows.GetFieldValue<ulong>(0)), rows.GetInt64(1));
        }

        return new LogPage(events, after, IsLast: events.Count < limit);
    }
}
