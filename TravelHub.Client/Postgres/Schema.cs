using DbUp;
using DbUp.Engine;

using Npgsql;

namespace TravelHub.Client.Postgres;

/// <summary>Brings a database to the shape that this build needs, with the numbered scripts of <c>sql/</c>.</summary>
internal static class Schema
{
    private const string ScriptPrefix = "sql.";
    private const string JournalTable = "schema_versions";

    /// <summary>Any number that no one else locks on: the letters of "thschema".</summary>
    private const long ApplierLock = 0x7468736368656D61;

    /// <summary>Applies the scripts that the database has not had, each in its transaction, in the order of their names.</summary>
    /// <exception cref="CommandFailure">A script failed; it left no trace, those before it stay.</exception>
    public static Task Apply(string connectionString, CancellationToken cancellationToken) =>
        Apply(connectionString, EmbeddedScripts(), cancellationToken);

    /// <summary>Applies these scripts.</summary>
    public static async Task Apply(string connectionString, IReadOnlyList<SqlScript> scripts, CancellationToken cancellationToken)
    {
        // The lock is on a connection of its own, because each script ends its transaction; it goes with the connection, however that ends.
        var locked = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(locked.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await Lock(connection, cancellationToken);
        var applied = await Applied(connection, cancellationToken);
        if (scripts.All(script => applied.Contains(script.Name)))
            return;
        await Task.Run(() => Upgrade(connectionString, scripts), cancellationToken);
    }

    private static async Task Lock(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT pg_advisory_lock($1)";
        command.Parameters.AddWithValue(ApplierLock);
        // Waits as long as the other applier needs.
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<HashSet<string>> Applied(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT scriptname FROM public.{JournalTable}";
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                names.Add(reader.GetString(0));
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            // A new database.
        }

        return names;
    }

    private static void Upgrade(string connectionString, IReadOnlyList<SqlScript> scripts)
    {
        var result = DeployChanges.To.PostgresqlDatabase(connectionString)
            .WithScripts(scripts)
            // Otherwise $name$, by which functions are quoted, would be taken for a variable.
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .WithExecutionTimeout(TimeSpan.FromMinutes(10))
            .JournalToPostgresqlTable("public", JournalTable)
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new CommandFailure($"The script {result.ErrorScript?.Name} failed: {result.Error.Message}", result.Error);
    }

    private static List<SqlScript> EmbeddedScripts()
    {
        var assembly = typeof(Schema).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(ScriptPrefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => SqlScript.FromStream(name[ScriptPrefix.Length..], assembly.GetManifestResourceStream(name)!)),
        ];
    }
}
