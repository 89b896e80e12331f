using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Client.EventLog;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

/// <summary>What the writer chained, the command line's own computation finds whole, and each kind of damage is named.</summary>
public sealed class HashChainTests(PostgresFixture postgres) : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;
    private LogWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"chain_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(connectionString, "chain-tests");
        _writer = NewWriter();
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Append_SeveralStreamsAndVersions_AreOneChainEach()
    {
        await Fill();

        var report = await Verify();

        Assert.Equal((2, 5, 0), (report.Streams, report.Events, report.Broken));
    }

    [Fact]
    public async Task Append_TwoWritersRace_LeaveWholeChains()
    {
        await using var second = NewWriter();
        for (var version = 0; version < 5; version++)
        {
            await Task.WhenAll(Enumerable.Range(0, 40).SelectMany(i => new[]
            {
                Attempt(_writer, $"s{i}", version),
                Attempt(second, $"s{i}", version),
            }));
        }

        var report = await Verify();

        Assert.Equal((40, 200, 0), (report.Streams, report.Events, report.Broken));
    }

    [Theory]
    [InlineData("UPDATE reservation_events SET payload = payload || ' ' WHERE stream = 'å' AND version = 2", 2, "its hash")]
    [InlineData("UPDATE reservation_events SET type = 'inventory.sold.v1' WHERE stream = 'å' AND version = 1", 1, "its hash")]
    [InlineData("DELETE FROM reservation_events WHERE stream = 'å' AND version = 2", 3, "version 2 is missing")]
    [InlineData("DELETE FROM reservation_events WHERE stream = 'å' AND version = 1", 2, "does not begin with version 1")]
    [InlineData("DELETE FROM reservation_events WHERE stream = 'å' AND version = 3", 2, "its head is at version 3")]
    [InlineData("DELETE FROM reservation_events WHERE stream = 'å'", 3, "no events")]
    [InlineData("DELETE FROM stream_heads WHERE stream = 'å'", 3, "has no head")]
    [InlineData("UPDATE stream_heads SET hash = sha256('') WHERE stream = 'å'", 3, "another hash")]
    public async Task Run_DamagedLog_NamesStreamAndVersion(string damage, long version, string why)
    {
        await Fill();
        await Execute(damage);

        var broken = Assert.Single((await Verify()).First);

        Assert.Equal(("å", version), (broken.Stream, broken.Version));
        Assert.Contains(why, broken.Why, StringComparison.Ordinal);
    }

    /// <summary>The migration, on a log that was written before there were hashes.</summary>
    [Fact]
    public async Task Chain_EventsOfBefore_IsTheOneThatAppendsMake()
    {
        await Fill();
        await Execute("UPDATE reservation_events SET hash = ''; UPDATE stream_heads SET hash = ''");

        await Execute(await UpdatesOfTheMigration());

        Assert.Equal(0, (await Verify()).Broken);
    }

    private async Task Fill()
    {
        await _writer.Append(new StreamAppend("å", 0, [Capacity(1), Capacity(2)]));
        await Task.WhenAll(
            _writer.Append(new StreamAppend("å", 2, [Capacity(3)])),
            _writer.Append(new StreamAppend("b", 0, [Capacity(1), Capacity(2)])));
    }

    private Task<VerifyReport> Verify() =>
        new LogVerification(_database, TimeProvider.System).Run(_ => { }, TestContext.Current.CancellationToken);

    private static InventoryEvent Capacity(int rooms) => new InventoryEvent.CapacitySet(null, rooms, 0);

    private static async Task Attempt(LogWriter writer, string stream, int version)
    {
        try
        {
            await writer.Append(new StreamAppend(stream, version, [Capacity(version)]));
        }
        catch (AppendRefusedException)
        {
            // The other one was faster.
        }
    }

    private static async Task<string> UpdatesOfTheMigration()
    {
        await using var resource = typeof(LogVerification).Assembly.GetManifestResourceStream("sql.0003_log_integrity.sql")!;
        using var reader = new StreamReader(resource);
        var script = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        return string.Join(';', script.Split(';').Where(s => s.Contains("\nUPDATE ", StringComparison.Ordinal)));
    }

    private async Task Execute(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private LogWriter NewWriter() =>
        new(_database, Options.Create(new EventLogOptions()), TimeProvider.System, NullLogger<LogWriter>.Instance);
}
