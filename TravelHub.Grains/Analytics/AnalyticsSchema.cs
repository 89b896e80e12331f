using Npgsql;

namespace TravelHub.Grains.Analytics;

/// <summary>
/// Brings the figures' database to the shape that this build needs, with the numbered scripts of <c>sql/analytics/</c>. The silos do it themselves, as
/// the database may come long after them.
/// </summary>
internal static class AnalyticsSchema
{
    private const string ScriptPrefix = "sql.analytics.";

    /// <summary>Any number that no one else locks on: the letters of "thanalyt".</summary>
    private const long ApplierLock = 0x7468616E616C7974;

    /// <summary>Makes the database if the server has none of that name, and applies the scripts that it has not had; all of them or none.</summary>
    public static async Task Apply(string connectionString, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = await Open(target, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({ApplierLock})", cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        foreach (var (name, sql) in Scripts().Where(script => !applied.Contains(script.Name)))
        {
            await Execute(connection, sql, cancellationToken);
            await Execute(connection, $"INSERT INTO schema_versions (script) VALUES ('{name}')", cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> Open(NpgsqlConnectionStringBuilder target, CancellationToken cancellationToken)
    {
        for (var isMade = false; ; isMade = true)
        {
            var connection = new NpgsqlConnection(target.ConnectionString);
            try
            {
                await connection.OpenAsync(cancellationToken);
                return connection;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName && !isMade)
            {
                await connection.DisposeAsync();
                await Make(target, cancellationToken);
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }
        }
    }

    private static async Task Make(NpgsqlConnectionStringBuilder target, CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(target.ConnectionString) { Database = "postgres" };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        try
        {
            await Execute(connection, $"CREATE DATABASE \"{target.Database!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another silo was faster.
        }
    }

    private static async Task<HashSet<string>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await Execute(connection, "CREATE TABLE IF NOT EXISTS schema_versions (script text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT script FROM schema_versions", connection);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(cancellationToken))
            names.Add(rows.GetString(0));
        return names;
    }

    private static IEnumerable<(string Name, string Sql)> Scripts()
    {
        var assembly = typeof(AnalyticsSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(ScriptPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name[ScriptPrefix.Length..], text.ReadToEnd());
        }
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
