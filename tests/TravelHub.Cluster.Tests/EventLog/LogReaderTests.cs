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
        var log = new PostgresEventLog(_database, writer, new SharedReads(_database, Options.Create(new EventLogOptions()), TimeProvider.System));
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

    /// <summary>Its effects were taken back, to be made anew from the beginning: what it had read before must not be passed over.</summary>
    [Fact]
    public async Task MoveCommand_ReaderWasSentBackMeanwhile_MovesNothing()
    {
        var (from, to) = (new LogCursor(7, 7), new LogCursor(9, 9));
        await _reader.Move("books", from, TestContext.Current.CancellationToken);
        Assert.Equal(1, await Execute(LogReader.MoveCommand("books", from, from)));
        await Execute(new NpgsqlBatchCommand("DELETE FROM log_cursors WHERE reader = 'books'"));

        Assert.Equal(0, await Execute(LogReader.MoveCommand("books", from, to)));
        Assert.Equal(default, await _reader.Cursor("books", TestContext.Current.CancellationToken));
        Assert.Equal(1, await Execute(LogReader.MoveCommand("books", default, to)));

        async Task<int> Execute(NpgsqlBatchCommand command)
        {
            await using var batch = _database.CreateBatch();
            batch.BatchCommands.Add(command);
            return await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>
    /// What a cursor on the position loses, with the horizon too: the older transaction writes after the younger one and commits before it.
    /// </summary>
    [Fact]
    public async Task Read_PositionsAndTransactionsInOppositeOrder_SeesBoth()
    {
        await using var older = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var younger = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var first = await older.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Execute(older, "SELECT pg_current_xact_id()");
        await using var second = await younger.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await Execute(younger, Insert("younger"));
        await Execute(older, Insert("older"));

        var running = await _reader.Read(default, 50, Types, TestContext.Current.CancellationToken);
        await first.CommitAsync(TestContext.Current.CancellationToken);
        var olderDone = await NextEvents(running.Next);
        await second.CommitAsync(TestContext.Current.CancellationToken);
        var bothDone = await NextEvents(olderDone.Next);

        Assert.Empty(running.Events);
        Assert.Equal(["older"], olderDone.Events.Select(e => e.Stream));
        Assert.Equal(["younger"], bothDone.Events.Select(e => e.Stream));
        Assert.Empty((await _reader.Read(bothDone.Next, 50, Types, TestContext.Current.CancellationToken)).Events);
    }

    [Fact]
    public async Task Move_Back_LeavesTheCursor()
    {
        await _reader.Move("r", new LogCursor(20, 7), TestContext.Current.CancellationToken);
        await _reader.Move("r", new LogCursor(20, 6), TestContext.Current.CancellationToken);
        await _reader.Move("r", new LogCursor(19, 8), TestContext.Current.CancellationToken);

        Assert.Equal(new LogCursor(20, 7), await _reader.Cursor("r", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Cursor_OfAnotherEpoch_IsTheBeginning()
    {
        await _reader.Move("r", new LogCursor(20, 7), TestContext.Current.CancellationToken);
        await using (var connection = await _database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            await Execute(connection, "UPDATE log_epoch SET epoch = gen_random_uuid()");

        Assert.Equal(default, await _reader.Cursor("r", TestContext.Current.CancellationToken));
        await _reader.Move("r", new LogCursor(3, 1), TestContext.Current.CancellationToken);
        Assert.Equal(new LogCursor(3, 1), await _reader.Cursor("r", TestContext.Current.CancellationToken));
    }

    // The horizon is the whole server's: another test's transaction may hold it back for a moment.
    private async Task<LogPage> NextEvents(LogCursor after)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var page = await _reader.Read(after, 50, Types, patience.Token);
            if (page.Events.Count > 0)
                return page;
            after = page.Next;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    private LogWriter NewWriter(int writers) => new(
        _database, Options.Create(new EventLogOptions { Writers = writers }), TimeProvider.System, NullLogger<LogWriter>.Instance);

    private static string Insert(string stream) => $$"""
        INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
        VALUES ('{{stream}}', 1, 'inventory.capacity-set.v1', '{"rooms":1,"allowance":0}', gen_random_uuid(), now(), '')
        """;

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
