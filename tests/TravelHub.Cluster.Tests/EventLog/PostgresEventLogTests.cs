using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

public sealed class PostgresEventLogTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly InventoryEvent Something = new InventoryEvent.CapacitySet(null, 3, 0);

    private const int UsesThatPrepare = 5;

    private string _connectionString = "";
    private NpgsqlDataSource _database = null!;
    private LogWriter _writer = null!;
    private PostgresEventLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.NewTravelHubDatabase($"log_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(_connectionString, "log-tests");
        _writer = NewWriter(_database);
        _log = new PostgresEventLog(_database, _writer, new SharedReads(_database, Options.Create(new EventLogOptions()), TimeProvider.System));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Append_ExpectedVersion_IsReadBackInOrder()
    {
        await _log.Append(new StreamAppend("s", 0, [new InventoryEvent.CapacitySet(null, 1, 0), new InventoryEvent.CapacitySet(null, 2, 0)]));
        await _log.Append(new StreamAppend("s", 2, [new InventoryEvent.CapacitySet(null, 3, 0)]));

        var read = await Read("s", afterVersion: 1);

        Assert.Equal([(2, 2), (3, 3)], read.Select(e => (e.Version, ((InventoryEvent.CapacitySet)e.Event).Rooms)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Append_AnotherVersion_IsRefusedAndWritesNothing(long expectedVersion)
    {
        await _log.Append(new StreamAppend("s", 0, [Something]));

        await Assert.ThrowsAsync<AppendRefusedException>(() => _log.Append(new StreamAppend("s", expectedVersion, [Something])));

        Assert.Single(await Read("s"));
    }

    [Fact]
    public async Task Append_BeyondAStreamThatDoesNotExist_IsRefused()
    {
        await Assert.ThrowsAsync<AppendRefusedException>(() => _log.Append(new StreamAppend("s", 5, [Something])));

        Assert.Empty(await Read("s"));
    }

    [Fact]
    public async Task Append_NoEvents_OnlyChecksTheVersion()
    {
        await _log.Append(new StreamAppend("s", 0, []));
        await _log.Append(new StreamAppend("s", 0, [Something]));
        await _log.Append(new StreamAppend("s", 1, []));

        await Assert.ThrowsAsync<AppendRefusedException>(() => _log.Append(new StreamAppend("s", 0, [])));

        Assert.Single(await Read("s"));
    }

    [Fact]
    public async Task Append_TwoWritersOfManyStreams_EachVersionHasOneWinner()
    {
        await using var second = NewWriter(_database);
        string[] streams = [.. Enumerable.Range(0, 40).Select(i => $"s{i}")];
        for (var version = 0; version < 5; version++)
        {
            var outcomes = await Task.WhenAll(streams.SelectMany(s => new[]
            {
                IsAppended(_writer.Append(new StreamAppend(s, version, [Something]))),
                IsAppended(second.Append(new StreamAppend(s, version, [Something]))),
            }));
            Assert.Equal(streams.Length, outcomes.Count(o => o));
        }

        foreach (var stream in streams)
            Assert.Equal([1, 2, 3, 4, 5], (await Read(stream)).Select(e => (int)e.Version));
    }

    [Fact]
    public async Task Append_OneOfManyIsBad_HarmsNoNeighbour()
    {
        var good = Enumerable.Range(0, 50).Select(i => _log.Append(new StreamAppend($"s{i}", 0, [Something]))).ToArray();
        var bad = _log.Append(new StreamAppend("no text\0", 0, [Something]));   // PostgreSQL takes no zero byte
        var more = Enumerable.Range(50, 50).Select(i => _log.Append(new StreamAppend($"s{i}", 0, [Something]))).ToArray();

        await Task.WhenAll([.. good, .. more]);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(100, await Scalar("SELECT count(*) FROM reservation_events"));
        Assert.Equal(100, await Scalar("SELECT count(DISTINCT stream) FROM reservation_events"));
    }

    [Fact]
    public async Task Append_ManyAtOnce_SharesCommits()
    {
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => _log.Append(new StreamAppend($"s{i}", 0, [Something]))));

        Assert.InRange(await Scalar("SELECT count(DISTINCT transaction) FROM reservation_events"), 1, 500);
        Assert.Equal(2_000, await Scalar("SELECT count(*) FROM reservation_events"));
    }

    [Fact]
    public async Task Append_Refused_WritesNoRowBesideIt()
    {
        await _log.Append(new StreamAppend("s", 0, [Something]));
        var row = new ReservationRow(Guid.NewGuid(), "ann", "pending", 1, DateTimeOffset.UnixEpoch, null, "{}");
        var guest = new GuestRow(Guid.NewGuid(), "Ann", "ann@example.com");

        await Assert.ThrowsAsync<AppendRefusedException>(() => _log.Append(new StreamAppend("s", 0, [Something], row, guest)));
        Assert.Equal(0, await Scalar("SELECT (SELECT count(*) FROM reservations) + (SELECT count(*) FROM guests)"));

        await _log.Append(new StreamAppend("s", 1, [Something], row, guest));
        Assert.Equal(2, await Scalar("SELECT (SELECT count(*) FROM reservations) + (SELECT count(*) FROM guests)"));
    }

    [Fact]
    public async Task Append_QueueFull_RefusesAtOnce()
    {
        await using var narrow = new LogWriter(
            _database, Options.Create(new EventLogOptions { QueueCapacity = 8, AppendsPerBatch = 1, Writers = 1 }), TimeProvider.System, NullLogger<LogWriter>.Instance);
        var accepted = new List<Task>();

        Assert.Throws<LogOverloadedException>(() =>
        {
            for (var i = 0; i < 10_000; i++)
                accepted.Add(narrow.Append(new StreamAppend($"s{i}", 0, [Something])));
        });

        await Task.WhenAll(accepted);
        Assert.Equal(accepted.Count, await Scalar("SELECT count(*) FROM reservation_events"));
    }

    [Fact]
    public async Task Read_LongerThanAQuestionBrings_IsWholeAndInOrder()
    {
        await _log.Append(new StreamAppend("s", 0, [.. Enumerable.Repeat(Something, 3 * SharedReads.MostEvents)]));

        Assert.Equal(Enumerable.Range(1, 3 * SharedReads.MostEvents), (await Read("s")).Select(e => (int)e.Version));
        Assert.Equal(Enumerable.Range(6, SharedReads.MostEvents * 3 - 5), (await Read("s", afterVersion: 5)).Select(e => (int)e.Version));
    }

    [Fact]
    public async Task Read_ManyAtOnce_EachGetsItsOwnAndABadOneHarmsNoNeighbour()
    {
        await Task.WhenAll(Enumerable.Range(0, 90).Where(i => i % 3 > 0).Select(i =>
            _log.Append(new StreamAppend($"s{i}", 0, [.. Enumerable.Repeat(Something, i % 3)]))));

        var reads = Enumerable.Range(0, 90).Select(i => Read($"s{i}")).ToArray();
        var bad = Read("no text\0");

        Assert.Equal(Enumerable.Range(0, 90).Select(i => i % 3), (await Task.WhenAll(reads)).Select(events => events.Count));
        await Assert.ThrowsAsync<PostgresException>(() => bad);
    }

    /// <summary>Npgsql loses count of the server's answers where the use that prepares a statement fails: who comes next on that connection must not pay for it.</summary>
    [Fact]
    public async Task Read_AfterABadOneThatPreparedTheStatement_IsAnswered()
    {
        await _log.Append(new StreamAppend("s", 0, [Something]));
        await using var database = OneConnection();
        var reads = new SharedReads(database, Options.Create(new EventLogOptions()), TimeProvider.System);
        for (var use = 1; use < UsesThatPrepare; use++)
            Assert.Single(await reads.Read("s", afterVersion: 0));

        await Assert.ThrowsAsync<PostgresException>(() => reads.Read("no text\0", afterVersion: 0));

        Assert.Single(await reads.Read("s", afterVersion: 0));
    }

    /// <summary>The same of the log's writer, which does not know then whether the append was written.</summary>
    [Fact]
    public async Task Append_AfterABadOneThatPreparedTheStatement_IsWrittenOnce()
    {
        await using var database = OneConnection();
        await using var writer = NewWriter(database);
        for (var use = 1; use < UsesThatPrepare; use++)
            await writer.Append(new StreamAppend($"s{use}", 0, [Something]));

        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.Append(new StreamAppend("no text\0", 0, [Something])));

        await writer.Append(new StreamAppend("after", 0, [Something]));
        Assert.Single(await Read("after"));
    }

    private NpgsqlDataSource OneConnection() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = true, MaxPoolSize = 1, MaxAutoPrepare = 50, AutoPrepareMinUsages = UsesThatPrepare });

    private static LogWriter NewWriter(NpgsqlDataSource database) =>
        new(database, Options.Create(new EventLogOptions()), TimeProvider.System, NullLogger<LogWriter>.Instance);

    private static async Task<bool> IsAppended(Task append)
    {
        try
        {
            await append;
            return true;
        }
        catch (AppendRefusedException)
        {
            return false;
        }
    }

    private async Task<List<LoggedEvent>> Read(string stream, long afterVersion = 0)
    {
        var events = new List<LoggedEvent>();
        await foreach (var logged in _log.Read(stream, afterVersion, TestContext.Current.CancellationToken))
            events.Add(logged);
        return events;
    }

    private async Task<long> Scalar(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
