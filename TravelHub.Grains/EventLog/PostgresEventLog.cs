using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>The log in PostgreSQL. Reads go straight to the table; appends go through the silo's writer.</summary>
internal sealed class PostgresEventLog(NpgsqlDataSource database, LogWriter writer) : IEventLog
{
    public async IAsyncEnumerable<LoggedEvent> Read(
        string stream, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT version, type, payload, recorded_at FROM reservation_events WHERE stream = $1 AND version > $2 ORDER BY version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterVersion, NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var type = rows.GetString(1);
            yield return new LoggedEvent(
                rows.GetInt64(0), type, EventTypes.Read(type, rows.GetString(2)), rows.GetFieldValue<DateTimeOffset>(3));
        }
    }

    public Task Append(StreamAppend append) => writer.Append(append);
}
