using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

public sealed class LogReaderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const int Streams = 16;
    private const int EventsPerStream = 100;
    private static readonly string[] Types = ["inventory.capacity-set.v1"];

    private NpgsqlDataSource _database = null!;
    private LogReader _reader = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"reader_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(connectionString, "reader-tests");
        _reader = new LogReader(_database);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Sixteen writers at once: positions become visible out of order, and none may be passed over.</summary>
    [Fact]
    public async Task Read_WhileManyWrite_SeesEveryEventOnceAndEachStreamInOrder()
    {
        await using var writer = NewWriter(writers: 8);
        var log = new PostgresEventLog(_database, writer);
        var writing = Task.WhenAll(Enumerable.Range(0, Streams).Select(async stream =>
        {
            for (var version = 0; version < EventsPerStream; version++)
                await log.Append(new StreamAppend($"s{stream}", version, [new InventoryEvent.CapacitySet(null, version, 0)]));
        }));

        var seen = new List<StreamEvent>();
        var cursor = default(LogCursor);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!writing.IsCompleted || seen.Count < Streams * EventsPerStream)
        {
            var page = await _reader.Read(cursor, 50, Types, patience.Token);
            seen.AddRange(page.Events);
            cursor = page.Next;
        }

        await writing;
        Assert.Equal(Streams * EventsPerStream, seen.Count);
        Assert.All(seen.GroupBy(e => e.Stream), stream => Assert.Equal(Enumerable.Range(1, EventsPerStream), stream.Select(e => (int)e.Logged.Version)));
    }

    /// <summary>The case that a cursor on the position alone, and the horizon with it, both lose: the older transaction writes last.</summary>
    [Fact]
    public async Task Read_OldTransactionCommitsLate_ComesAfterIt()
    {
        await using var writer = NewWriter(writers: 1);
        var log = new PostgresEventLog(_database, writer);
        await using var slow = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await slow.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Insert(slow, "slow");
        await log.Append(new StreamAppend("fast", 0, [new InventoryEvent.CapacitySet(null, 1, 0)]));

        var before = await _reader.Read(default, 50, Types, TestContext.Current.CancellationToken);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        var after = await _reader.Read(before.Next, 50, Types, TestContext.Current.CancellationToken);

        Assert.Empty(before.Events);
        Assert.Equal(["slow", "fast"], after.Events.Select(e => e.Stream));
        Assert.Empty((await _reader.Read(after.Next, 50, Types, TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task Move_Back_LeavesTheCursor()
    {
        await _reader.Move("r", new LogCursor(20, 7), TestContext.Current.CancellationToken);
        await _reader.Move("r", new LogCursor(20, 6), TestContext.Current.CancellationToken);
        await _reader.Move("r", new LogCursor(19, 8), TestContext.Current.CancellationToken);

        Assert.Equal(new LogCursor(20, 7), await _reader.Cursor("r", TestContext.Current.CancellationToken));
    }

    private LogWriter NewWriter(int writers) => new(
        _database, Options.Create(new EventLogOptions { Writers = writers }), TimeProvider.System, NullLogger<LogWriter>.Instance);

    private static async Task Insert(NpgsqlConnection connection, string stream)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
            VALUES ($1, 1, 'inventory.capacity-set.v1', '{"rooms":1,"allowance":0}', gen_random_uuid(), now(), '')
            """, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = stream });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
