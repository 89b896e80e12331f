using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// The log in PostgreSQL. How a stream begins is read together with others', the rest of a long one straight from the table. Appends go through the
/// silo's writer.
/// </summary>
internal sealed class PostgresEventLog(NpgsqlDataSource database, LogWriter writer, SharedReads reads) : IEventLog
{
    public async IAsyncEnumerable<LoggedEvent> Read(
        string stream, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var first = await reads.Read(stream, afterVersion).WaitAsync(cancellationToken);
        foreach (var stored in first)
            yield return stored.Read();
        if (first.Count < SharedReads.MostEvents)
            yield break;

        await using var command = database.CreateCommand(
            "SELECT version, type, payload, recorded_at FROM reservation_events WHERE stream = $1 AND version > $2 ORDER BY version");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first[^1].Version, NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            yield return new StoredEvent(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(3)).Read();
    }

    public Task Append(StreamAppend append) => writer.Append(append);
}
