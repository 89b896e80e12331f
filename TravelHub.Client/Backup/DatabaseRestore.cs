using System.Text;

using Npgsql;

using TravelHub.Client.Postgres;

namespace TravelHub.Client.Backup;

/// <summary>
/// Puts what a dump holds in a database's place. It is made whole beside it under another name, and the two change names in one transaction: until
/// then, and whenever something goes wrong, the old database is as it was.
/// </summary>
internal sealed class DatabaseRestore
{
    /// <summary>PostgreSQL cuts longer names off, and the cut one could be that of the database itself.</summary>
    private const int LongestNameBytes = 63;

    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly DumpPrograms _programs;
    private readonly NpgsqlConnectionStringBuilder _target;
    private readonly string _restoring;
    private readonly string _replaced;

    /// <param name="programs">For the dump.</param>
    /// <param name="connectionString">How to reach the database, whether it exists or not.</param>
    public DatabaseRestore(DumpPrograms programs, string connectionString)
    {
        _programs = programs;
        // A connection in a pool is one that keeps a database from being renamed.
        _target = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        (_restoring, _replaced) = ($"{_target.Database}_restoring", $"{_target.Database}_replaced");
        if (Encoding.UTF8.GetByteCount(_restoring) > LongestNameBytes)
            throw new CommandFailure($"The database's name {_target.Database} is too long to restore into: it is made beside it as {_restoring}.");
    }

    /// <summary>Restores.</summary>
    /// <param name="path">The dump.</param>
    /// <param name="replace">Whether a log that is there already may be lost.</param>
    /// <param name="cancellationToken">Leaves the old database as it was.</param>
    /// <exception cref="CommandFailure">It was refused, or failed; the old database is as it was.</exception>
    public async Task<RestoreReport> Run(string path, bool replace, CancellationToken cancellationToken)
    {
        try
        {
            await RequireReplaceable(replace, cancellationToken);
            await Drop(_restoring, cancellationToken);
            await Server($"CREATE DATABASE {Quoted(_restoring)} TEMPLATE template0", cancellationToken);
            var report = await Fill(path, ConnectionString(_restoring), cancellationToken);
            await Swap(cancellationToken);
            return report;
        }
        catch (NpgsqlException e)
        {
            throw new CommandFailure($"The restore failed, and changed nothing: {e.Message}", e);
        }
        finally
        {
            // Gone if all went well. If the server is, the next restore finds it.
            await TryDrop(_restoring);
        }
    }

    private async Task<RestoreReport> Fill(string path, string connectionString, CancellationToken cancellationToken)
    {
        await _programs.Restore(path, connectionString, cancellationToken);
        if (!await IsTravelHub(connectionString, cancellationToken))
            throw new CommandFailure($"{path} is not a backup of a TravelHub: it has no log.");
        // A backup of an older build.
        await Schema.Apply(connectionString, cancellationToken);
        return await LogEpoch.Begin(connectionString, cancellationToken);
    }

    /// <summary>Nothing that matters to anyone may be in the old database, and nobody may use it.</summary>
    private async Task RequireReplaceable(bool replace, CancellationToken cancellationToken)
    {
        if (!await Exists(cancellationToken))
            return;
        var old = _target.ConnectionString;
        if (await IsTravelHub(old, cancellationToken))
        {
            if (!replace && await Ask<bool>(old, "SELECT EXISTS (SELECT FROM reservation_events)", cancellationToken))
            {
                throw new CommandFailure(
                    $"The database {_target.Database} holds a log already. To lose it, and all else that is in this database, add --replace; to keep it, back it up first.");
            }
        }
        else if (await Ask<bool>(old, "SELECT EXISTS (SELECT FROM pg_stat_user_tables)", cancellationToken))
        {
            throw new CommandFailure($"The database {_target.Database} is not a TravelHub's, but has tables: it is not replaced. Name another one.");
        }

        await RequireUnused(cancellationToken);
    }

    /// <summary>A session whose client has gone, one of ours too, is seen for a moment longer: PostgreSQL's own renaming waits for it as well.</summary>
    private async Task RequireUnused(CancellationToken cancellationToken)
    {
        const string SessionsSql = "SELECT count(*) FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'";
        var startTimestamp = _clock.GetTimestamp();
        while (await Ask<long>(ConnectionString("postgres"), SessionsSql, cancellationToken, _target.Database!) is > 0 and var sessions)
        {
            if (_clock.GetElapsedTime(startTimestamp) > LongestFarewell)
                throw new CommandFailure($"The database {_target.Database} is in use ({sessions} sessions). Stop the TravelHub that uses it first.");
            await Task.Delay(PollPeriod, _clock, cancellationToken);
        }
    }

    private async Task Swap(CancellationToken cancellationToken)
    {
        await Drop(_replaced, cancellationToken);
        var renames = $"ALTER DATABASE {Quoted(_restoring)} RENAME TO {Quoted(_target.Database!)};";
        if (await Exists(cancellationToken))
            renames = $"ALTER DATABASE {Quoted(_target.Database!)} RENAME TO {Quoted(_replaced)}; {renames}";
        // Several statements sent together are one transaction.
        await Server(renames, cancellationToken);
        await TryDrop(_replaced);
    }

    private Task<bool> Exists(CancellationToken cancellationToken) => Ask<bool>(
        ConnectionString("postgres"), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", cancellationToken, _target.Database!);

    private static Task<bool> IsTravelHub(string connectionString, CancellationToken cancellationToken) =>
        Ask<bool>(connectionString, "SELECT to_regclass('reservation_events') IS NOT NULL", cancellationToken);

    private Task Drop(string name, CancellationToken cancellationToken) => Server($"DROP DATABASE IF EXISTS {Quoted(name)}", cancellationToken);

    private async Task TryDrop(string name)
    {
        try
        {
            await Drop(name, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The next restore tries again.
        }
    }

    private async Task Server(string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<T> Ask<T>(string connectionString, string sql, CancellationToken cancellationToken, params string[] parameters)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        return (T)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private string ConnectionString(string database) => new NpgsqlConnectionStringBuilder(_target.ConnectionString) { Database = database }.ConnectionString;

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
