using Npgsql;

namespace TravelHub.Client.Postgres;

/// <summary>
/// The role by which silos and gateway use a database. It owns nothing: it appends to the log and cannot change it, and it cannot alter, drop or
/// empty a table. Who owns the database migrates it and looks after it. Beside it stands a role without login that reads.
/// </summary>
internal static class AppRole
{
    // What the app may do to each table. A table that is not named here is one of work in progress, with all four rights; a test names it.
    private static readonly Dictionary<string, string> TableRights = new(StringComparer.Ordinal)
    {
        ["reservation_events"] = "SELECT, INSERT",
        ["stream_heads"] = "SELECT, INSERT, UPDATE",
        ["log_epoch"] = "SELECT",
        ["log_cursors"] = "SELECT, INSERT, UPDATE",
        ["snapshots"] = "SELECT, INSERT, UPDATE",
        ["guests"] = "SELECT, INSERT, UPDATE (name, email, erased_at)",
        ["reservations"] = "SELECT, INSERT, UPDATE",
        ["vote_records"] = "SELECT, INSERT, DELETE",   // deleted by age
        ["replica_findings"] = "SELECT, INSERT",
        ["ledger_movements"] = "SELECT, INSERT",
        ["silo_wishes"] = "SELECT, INSERT, UPDATE",
        ["beats"] = WriteAll,                          // overwritten, and deleted by age
        ["detections"] = "SELECT, INSERT, DELETE",     // deleted by age
        ["api_keys"] = "SELECT, INSERT, UPDATE (expires_at, revoked_at, replaced_by)",
        ["audit_log"] = "SELECT",
        ["audit_head"] = "SELECT",
        ["orleansquery"] = "SELECT",
        ["orleansmembershipversiontable"] = "SELECT, INSERT, UPDATE, DELETE",
        ["orleansmembershiptable"] = "SELECT, INSERT, UPDATE, DELETE",
        ["orleansstorage"] = "SELECT, INSERT, UPDATE, DELETE",
        ["orleansreminderstable"] = "SELECT, INSERT, UPDATE, DELETE",
        ["schema_versions"] = "SELECT",
    };

    // Personal data, what the hashes of keys are, and grains' state are not for readers.
    private static readonly string[] HiddenFromReaders = ["guests", "api_keys", "orleansstorage"];

    // They work with their owner's rights, and for the app alone. A function is everybody's until told otherwise, and a restore brings no word of it.
    private static readonly string[] OwnersFunctions =
    [
        "audit_append(bigint[], text[], text[], text[], text[], text[], text[], text[])", "end_old_transactions(interval)",
    ];

    private static readonly string[] Functions = [.. OwnersFunctions, "horizon_seconds()"];

    private const string WriteAll = "SELECT, INSERT, UPDATE, DELETE";

    private const string RelationsSql = """
        SELECT relname, relkind IN ('v', 'm') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm') ORDER BY relname
        """;

    /// <summary>The tables whose rights are written down.</summary>
    public static IReadOnlyCollection<string> NamedTables => TableRights.Keys;

    /// <summary>Makes the roles if they are not there, and gives them what they may do and nothing else. May be repeated, and is at each start.</summary>
    /// <param name="owner">How the owner reaches the database, which has its schema.</param>
    /// <param name="password">The role's, from now on: letters and digits.</param>
    /// <returns>How the app reaches the database; null when this account may not make roles.</returns>
    public static async Task<string?> Apply(string owner, string password, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(owner);
        var (app, reader) = (Name(target.Database!, "app"), Name(target.Database!, "reader"));
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        try
        {
            await Create(connection, app, cancellationToken);
            await Create(connection, reader, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await Run(connection, await Statements(connection, target.Database!, app, reader, password, cancellationToken), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return null;
        }

        target.Username = app;
        target.Password = password;
        return target.ConnectionString;
    }

    /// <summary>The name of a database's role: roles belong to the whole server, on which there may be several.</summary>
    public static string Name(string database, string kind) => $"{database}_{kind}";

    private static async Task<string> Statements(
        NpgsqlConnection connection, string database, string app, string reader, string password, CancellationToken cancellationToken)
    {
        var (a, r) = (Quoted(app), Quoted(reader));
        List<string> statements =
        [
            $"ALTER ROLE {a} LOGIN PASSWORD '{password.Replace("'", "''", StringComparison.Ordinal)}'",
            $"ALTER ROLE {a} SET statement_timeout = '15s'", $"ALTER ROLE {a} SET idle_in_transaction_session_timeout = '10s'",
            $"ALTER ROLE {a} CREATEDB",   // that of the figures is the silos' own to make; it gives no right to another's
            $"ALTER ROLE {r} NOLOGIN",
            $"GRANT CONNECT ON DATABASE {Quoted(database)} TO {a}, {r}", $"GRANT USAGE ON SCHEMA public TO {a}, {r}",
        ];
        foreach (var (name, isView) in await Relations(connection, cancellationToken))
        {
            var rights = isView ? "SELECT" : TableRights.GetValueOrDefault(name, WriteAll);
            statements.Add($"REVOKE ALL ON {Quoted(name)} FROM {a}, {r}");
            statements.Add($"GRANT {rights} ON {Quoted(name)} TO {a}");
            if (!HiddenFromReaders.Contains(name))
                statements.Add($"GRANT SELECT ON {Quoted(name)} TO {r}");
        }

        statements.AddRange(OwnersFunctions.Select(function => $"REVOKE ALL ON FUNCTION {function} FROM PUBLIC"));
        statements.AddRange(Functions.Select(function => $"GRANT EXECUTE ON FUNCTION {function} TO {a}"));
        return string.Join(";\n", statements);
    }

    private static async Task<List<(string Name, bool IsView)>> Relations(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var relations = new List<(string, bool)>();
        await using var command = new NpgsqlCommand(RelationsSql, connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            relations.Add((rows.GetString(0), rows.GetBoolean(1)));
        return relations;
    }

    private static async Task Create(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        try
        {
            await Run(connection, $"CREATE ROLE {Quoted(role)}", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation)
        {
            // It was there, or another was faster.
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            if (!await Exists(connection, role, cancellationToken))
                throw;   // else somebody with more rights has made it
        }
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = role });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
