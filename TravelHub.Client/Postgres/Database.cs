using Npgsql;

namespace TravelHub.Client.Postgres;

/// <summary>The database that a connection string names.</summary>
internal static class Database
{
    /// <summary>The database's name where none is said.</summary>
    public const string DefaultName = "travelhub";

    /// <summary>The connection string that the user gave, with the usual database if it names none.</summary>
    /// <exception cref="CommandFailure">It is not a connection string.</exception>
    public static string Complete(string named)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(named);
            connection.Database ??= DefaultName;
            return connection.ConnectionString;
        }
        catch (ArgumentException e)
        {
            throw new CommandFailure($"--postgres takes a connection string like \"Host=...;Username=...;Password=...\". {e.Message}", e);
        }
    }

    /// <summary>Creates the database if the server has none of that name. Others may do so at the same time.</summary>
    public static async Task Create(string connectionString, CancellationToken cancellationToken)
    {
        var target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        if (await Exists(target, cancellationToken))
            return;

        var name = target.Database!;
        target.Database = "postgres";
        await using var connection = new NpgsqlConnection(target.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var create = connection.CreateCommand();
        create.CommandText = $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another was faster.
        }
    }

    private static async Task<bool> Exists(NpgsqlConnectionStringBuilder target, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(target.Database))
            throw new CommandFailure("The connection string names no database: add Database=travelhub.");
        try
        {
            await using var connection = new NpgsqlConnection(target.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return false;
        }
        catch (NpgsqlException e)
        {
            throw new CommandFailure($"Cannot connect to PostgreSQL at {target.Host}:{target.Port}: {e.Message}", e);
        }
    }
}
