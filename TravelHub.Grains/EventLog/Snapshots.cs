using Npgsql;

namespace TravelHub.Grains.EventLog;

/// <summary>The snapshots in PostgreSQL.</summary>
internal sealed class Snapshots(NpgsqlDataSource database) : ISnapshots
{
    private const string LoadSql = "SELECT version, payload FROM snapshots WHERE stream = $1 AND shape = $2";

    private const string SaveSql = """
        INSERT INTO snapshots AS s (stream, version, shape, payload) VALUES ($1, $2, $3, $4)
        ON CONFLICT (stream) DO UPDATE SET version = excluded.version, shape = excluded.shape, payload = excluded.payload
            WHERE s.version < excluded.version OR s.shape < excluded.shape
        """;

    public async Task<(long Version, string Payload)?> Load(string stream, int shape, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(LoadSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = shape });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? (rows.GetInt64(0), rows.GetString(1)) : null;
    }

    public async Task Save(string stream, long version, int shape, string payload)
    {
        await using var command = database.CreateCommand(SaveSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = shape });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = payload });
        await command.ExecuteNonQueryAsync();
    }
}
