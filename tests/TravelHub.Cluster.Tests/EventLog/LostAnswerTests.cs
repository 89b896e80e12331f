using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Client.Postgres;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

/// <summary>The database is killed under the writer, on a server of its own.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private PrivatePostgres _server = null!;
    private NpgsqlDataSource _database = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await PrivatePostgres.Start(PostgresBinaries.Find(), _folder.In("postgres"), cancellationToken: TestContext.Current.CancellationToken);
        var connectionString = _server.ConnectionString("travelhub");
        await Database.Create(connectionString, TestContext.Current.CancellationToken);
        await Schema.Apply(connectionString, TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(connectionString, "tests");
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Append_DatabaseKilledAgainAndAgain_EveryAcknowledgedAppendIsThereOnce()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        // However long a busy machine takes to bring the server back, the writer waits for it.
        var options = Options.Create(new EventLogOptions { Patience = TimeSpan.FromMinutes(5) });
        await using var writer = new LogWriter(_database, options, TimeProvider.System, NullLogger<LogWriter>.Instance);

        using var enough = new CancellationTokenSource();
        var streams = Enumerable.Range(0, 16).Select(i => AppendUntil(writer, $"s{i}", enough.Token)).ToArray();
        for (var kill = 0; kill < 3; kill++)
        {
            await writer.Append(new StreamAppend($"kill {kill}", 0, [new InventoryEvent.CapacitySet(null, kill, 0)]));   // load is flowing
            await _server.Kill();
            await _server.Restart(cancellationToken);
        }

        await writer.Append(new StreamAppend("last", 0, [new InventoryEvent.CapacitySet(null, 0, 0)]));
        await enough.CancelAsync();
        var acknowledged = await Task.WhenAll(streams);

        await using var command = _database.CreateCommand(
            "SELECT coalesce(max(version), 0), count(*) FROM reservation_events WHERE stream = $1");
        var stream = command.Parameters.Add(new NpgsqlParameter<string>());
        for (var i = 0; i < streams.Length; i++)
        {
            ((NpgsqlParameter<string>)stream).TypedValue = $"s{i}";
            await using var rows = await command.ExecuteReaderAsync(cancellationToken);
            await rows.ReadAsync(cancellationToken);
            Assert.Equal((acknowledged[i], acknowledged[i]), (rows.GetInt64(0), rows.GetInt64(1)));
        }

        Assert.All(acknowledged, version => Assert.True(version > 0));
    }

    /// <summary>
    /// A commit that waits for a standby which there is not is durable here already: its connection is cut then, and its answer is lost for sure.
    /// </summary>
    [Fact]
    public async Task Append_AnswerIsLostAfterTheCommit_IsAcknowledgedAndThereOnce()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var writer = new LogWriter(_database, Options.Create(new EventLogOptions()), TimeProvider.System, NullLogger<LogWriter>.Instance);
        await Execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
        await Execute("SELECT pg_reload_conf()");

        var version = 0L;
        Task append;
        do
        {
            append = writer.Append(new StreamAppend("lost", version++, [new InventoryEvent.CapacitySet(null, 1, 0)]));
            while (!append.IsCompleted && await Scalar("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") == 0)
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, cancellationToken);
        }
        while (append.IsCompletedSuccessfully);   // the first ones may come before each session has read the setting

        await Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'");
        await append.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, cancellationToken);

        Assert.Equal(version, await Scalar("SELECT count(*) FROM reservation_events WHERE stream = 'lost'"));

        async Task Execute(string sql)
        {
            await using var command = _database.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        async Task<long> Scalar(string sql)
        {
            await using var command = _database.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
        }
    }

    /// <returns>The version up to which everything was acknowledged.</returns>
    private static async Task<long> AppendUntil(LogWriter writer, string stream, CancellationToken enough)
    {
        var version = 0L;
        while (!enough.IsCancellationRequested)
        {
            await writer.Append(new StreamAppend(stream, version, [new InventoryEvent.CapacitySet(null, (int)version, 0)]));
            version++;
        }

        return version;
    }
}
