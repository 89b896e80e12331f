using Npgsql;

namespace TravelHub.Api.Access;

/// <summary>The keys in the database.</summary>
internal sealed class KeyStore(AccessDatabase database)
{
    private const string Columns = "id, hash, owner, role, created_at, created_by, expires_at, revoked_at, replaced_by";

    private const string ChangedSql = $"SELECT {Columns} FROM api_keys WHERE changed_at >= $1";

    private const string IssueSql = $"INSERT INTO api_keys (id, hash, owner, role, created_at, created_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

    // Newest first, from behind the last one of the page before.
    private const string PageSql = $"""
        SELECT {Columns} FROM api_keys
        WHERE $1 IS NULL OR (created_at, id) < (SELECT created_at, id FROM api_keys WHERE id = $1)
        ORDER BY created_at DESC, id DESC LIMIT $2
        """;

    private const string RevokeSql = $"UPDATE api_keys SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1 RETURNING {Columns}";

    private const string LockSql = $"SELECT {Columns} FROM api_keys WHERE id = $1 FOR UPDATE";

    private const string ReplaceSql = $"UPDATE api_keys SET replaced_by = $2, expires_at = least(expires_at, $3) WHERE id = $1 RETURNING {Columns}";

    /// <summary>The database's time, and the keys that have changed since a time of its clock.</summary>
    public async Task<(DateTimeOffset Now, List<ApiKey> Keys)> ChangedSince(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var batch = database.Batch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT clock_timestamp()"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ChangedSql) { Parameters = { Time(since) } });
        await using var rows = await batch.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var now = rows.GetFieldValue<DateTimeOffset>(0);
        await rows.NextResultAsync(cancellationToken);
        return (now, await Keys(rows, cancellationToken));
    }

    public async Task Issue(ApiKey key, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await Insert(connection, key, cancellationToken);
    }

    public async Task<List<ApiKey>> Page(string? after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.Command(PageSql);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return await Keys(rows, cancellationToken);
    }

    /// <returns>The key as it is now; null when there is none.</returns>
    public async Task<ApiKey?> Revoke(string id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = database.Command(RevokeSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        command.Parameters.Add(Time(now));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return (await Keys(rows, cancellationToken)).SingleOrDefault();
    }

    /// <summary>Puts a new key in the place of one, which stays good for a while.</summary>
    /// <param name="decide">Makes the new key of the old one, or refuses by null.</param>
    /// <param name="oldUntil">When the old one ends, unless it does before.</param>
    /// <returns>The old key as it is now and the new one; the old one alone when it was refused; neither when there is none.</returns>
    public async Task<(ApiKey? Old, ApiKey? New)> Rotate(string id, Func<ApiKey, ApiKey?> decide, DateTimeOffset oldUntil, CancellationToken cancellationToken)
    {
        await using var connection = await database.Open(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        // The lock lets one of two rotations win.
        var old = await One(connection, LockSql, cancellationToken, Text(id));
        if (old is null || decide(old) is not { } fresh)
            return (old, null);
        await Insert(connection, fresh, cancellationToken);
        old = await One(connection, ReplaceSql, cancellationToken, Text(id), Text(fresh.Id), Time(oldUntil));
        await transaction.CommitAsync(cancellationToken);
        return (old, fresh);
    }

    private static async Task Insert(NpgsqlConnection connection, ApiKey key, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(IssueSql, connection)
        {
            Parameters =
            {
                Text(key.Id), new NpgsqlParameter<byte[]> { TypedValue = key.Hash }, Text(key.Owner), Text(key.Role), Time(key.CreatedAt), Text(key.CreatedBy),
                Time(key.ExpiresAt),
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<ApiKey?> One(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        return (await Keys(rows, cancellationToken)).SingleOrDefault();
    }

    private static async Task<List<ApiKey>> Keys(NpgsqlDataReader rows, CancellationToken cancellationToken)
    {
        var keys = new List<ApiKey>();
        while (await rows.ReadAsync(cancellationToken))
        {
            keys.Add(new ApiKey(
                rows.GetString(0), rows.GetFieldValue<byte[]>(1), rows.GetString(2), rows.GetString(3), rows.GetFieldValue<DateTimeOffset>(4), rows.GetString(5),
                MaybeTime(rows, 6), MaybeTime(rows, 7), rows.IsDBNull(8) ? null : rows.GetString(8)));
        }

        return keys;
    }

    private static DateTimeOffset? MaybeTime(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };

    private static NpgsqlParameter Time(DateTimeOffset? value) =>
        new() { Value = value is { } time ? time.ToUniversalTime() : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz };
}
