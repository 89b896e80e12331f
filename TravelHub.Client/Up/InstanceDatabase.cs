using System.Globalization;

using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary>The instance's database: a private server that is kept running, or one that the user named and looks after himself.</summary>
internal sealed class InstanceDatabase(DataFolder folder, InstanceStore store, Action<string> say, TimeProvider clock) : IDisposable
{
    public const string ProcessName = "postgres";

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _mayRestart = new(1);
    private Task _supervision = Task.CompletedTask;

    /// <summary>Has a server run and a database in it with the schema of this build.</summary>
    /// <param name="named">How to reach the user's own server, or null for a private one.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>How to reach the database.</returns>
    public async Task<string> Start(string? named, CancellationToken cancellationToken)
    {
        var connectionString = named is null ? await StartPrivate(cancellationToken) : Database.Complete(named);
        await Database.Create(connectionString, cancellationToken);
        await Schema.Apply(connectionString, cancellationToken);
        return connectionString;
    }

    /// <summary>Gives silos and gateway a role of lesser rights; where this account may not make one, they go on with its own.</summary>
    /// <param name="owner">As <see cref="Start"/> gave it.</param>
    /// <returns>How silos and gateway reach the database.</returns>
    public async Task<string> PrepareApp(string owner, CancellationToken cancellationToken)
    {
        if (await AppRole.Apply(owner, store.Current.AppPassword, cancellationToken) is { } app)
            return app;
        var named = new Npgsql.NpgsqlConnectionStringBuilder(owner);
        say($"WARNING: the account {named.Username} may not make roles, so silos and gateway use the database with all its rights and could change the "
            + $"log. To give them less, have a superuser run: ALTER ROLE \"{named.Username}\" CREATEROLE; then start again.");
        return owner;
    }

    /// <summary>Has the private server run, whatever databases are in it.</summary>
    /// <returns>How to reach the instance's database there, which may not exist yet.</returns>
    public async Task<string> StartPrivate(CancellationToken cancellationToken)
    {
        var binaries = await Programs(PostgresSearch.OfThisMachine(), cancellationToken);
        store.Update(instance => instance with { PostgresBinaries = binaries.Folder });
        var settings = new Dictionary<string, string>
        {
            ["port"] = store.Port(ProcessName, "port").ToString(CultureInfo.InvariantCulture),
        };
        var server = await PrivatePostgres.Start(binaries, folder.Postgres, store.Current.PostgresPassword, settings, cancellationToken);
        Remember(server);
        _supervision = KeepRunning(server);
        return server.ConnectionString(Database.DefaultName);
    }

    /// <summary>Stops the private server as a crash would, and keeps it from being started again until the result is disposed of.</summary>
    public async Task<IDisposable> TakeAway()
    {
        await _mayRestart.WaitAsync(_stopping.Token);
        var away = new Absence(_mayRestart);
        if (store.Current.PostgresBinaries is { } binaries)
            await PrivatePostgres.Stop(new PostgresBinaries(binaries), folder.Postgres, "immediate");
        return away;
    }

    public async Task Stop()
    {
        await _stopping.CancelAsync();
        // However the supervision ended, the server is not left behind.
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // Found by its folder, because a start that was cut short may have attached to it without telling.
        if (store.Current.PostgresBinaries is { } binaries)
            await PrivatePostgres.Stop(new PostgresBinaries(binaries), folder.Postgres);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _mayRestart.Dispose();
    }

    private async Task<PostgresBinaries> Programs(PostgresSearch search, CancellationToken cancellationToken)
    {
        var ofCluster = new PostgresFiles(folder.Postgres).Major is { } major
            ? await search.FindFor(major, store.Current.PostgresBinaries, folder.PostgresBinaries, cancellationToken)
            : null;
        return ofCluster ?? await search.FindOrInstall(folder.PostgresBinaries, say, cancellationToken);
    }

    private async Task KeepRunning(PrivatePostgres server)
    {
        var backOff = new RestartBackOff();
        try
        {
            while (true)
            {
                var startTimestamp = clock.GetTimestamp();
                await server.WaitForExit(_stopping.Token);
                say($"{ProcessName} ended; starting it again (its log: {server.LogPath})");
                await _mayRestart.WaitAsync(_stopping.Token);
                using var restarting = new Absence(_mayRestart);
                // A long life counts for the first wait alone: a server that does not come back is asked ever less often.
                for (var lived = clock.GetElapsedTime(startTimestamp); !await TryRestart(server); lived = TimeSpan.Zero)
                    await Task.Delay(backOff.Next(lived), clock, _stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Stopped on purpose.
        }
    }

    private async Task<bool> TryRestart(PrivatePostgres server)
    {
        try
        {
            // It runs already when only the record of it could not be kept.
            if (!server.Process.IsAlive)
                await server.Restart(_stopping.Token);
            Remember(server);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            say($"{ProcessName} could not be started again; trying once more. {e.Message}");
            return false;
        }
    }

    private void Remember(PrivatePostgres server)
    {
        var (pid, startMark) = server.Process;
        var ports = new Dictionary<string, int> { [ProcessName] = server.Port };
        store.Remember(new ProcessRecord(ProcessName, pid, startMark, clock.GetUtcNow(), ports, Fingerprint: ""));
    }

    /// <summary>While it lasts, nobody else starts the server.</summary>
    private sealed class Absence(SemaphoreSlim mayRestart) : IDisposable
    {
        public void Dispose() => mayRestart.Release();
    }
}
