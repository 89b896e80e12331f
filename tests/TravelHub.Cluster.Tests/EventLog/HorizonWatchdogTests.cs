using System.Data;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TravelHub.Grains.EventLog;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

public sealed class HorizonWatchdogTests : IAsyncLifetime
{
    // A server of its own: the watchdog looks at all databases of one, and other tests' transactions are none of its business.
    private readonly PostgresFixture _postgres = new();

    public ValueTask InitializeAsync() => _postgres.InitializeAsync();

    public ValueTask DisposeAsync() => _postgres.DisposeAsync();

    [Fact]
    public async Task EndOldTransactions_LeftOpenInAnotherDatabase_IsEndedAndReadersGoOn()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = PostgresCluster.DataSource(await _postgres.NewTravelHubDatabase("log", cancellationToken), "watchdog-tests");
        await using var forgetful = new NpgsqlConnection(await _postgres.NewDatabase("elsewhere", cancellationToken));
        await forgetful.OpenAsync(cancellationToken);
        await using var forgotten = await forgetful.BeginTransactionAsync(cancellationToken);
        await Execute(forgetful, "SELECT pg_current_xact_id()");
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await Execute(connection, """
                INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
                VALUES ('s', 1, 'inventory.capacity-set.v1', '{"rooms":1,"allowance":0}', gen_random_uuid(), now(), '')
                """);
        }

        var reader = new LogReader(database);
        string[] types = ["inventory.capacity-set.v1"];
        Assert.Empty((await reader.Read(default, 10, types, cancellationToken)).Events);
        Assert.Equal(0, await Watchdog(database, TimeSpan.FromMinutes(1)).EndOldTransactions(cancellationToken));

        Assert.Equal(1, await Watchdog(database, TimeSpan.Zero).EndOldTransactions(cancellationToken));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await reader.Read(default, 10, types, patience.Token)).Events.Count == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Execute(forgetful, "SELECT 1"));
    }

    /// <summary>As a backup does, for as long as the database is large.</summary>
    [Fact]
    public async Task EndOldTransactions_OneThatOnlyReads_GoesOnAndHoldsNoReaderBack()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await _postgres.NewTravelHubDatabase("read", cancellationToken);
        await using var database = PostgresCluster.DataSource(connectionString, "watchdog-tests");
        await using var backup = new NpgsqlConnection(connectionString);
        await backup.OpenAsync(cancellationToken);
        await using var snapshot = await backup.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var copying = await backup.BeginTextExportAsync("COPY (SELECT repeat('x', 1000) FROM generate_series(1, 20000)) TO STDOUT", cancellationToken);
        await using (var connection = await database.OpenConnectionAsync(cancellationToken))
        {
            await Execute(connection, """
                INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
                VALUES ('s', 1, 'inventory.capacity-set.v1', '{"rooms":1,"allowance":0}', gen_random_uuid(), now(), '')
                """);
        }

        Assert.Equal(0, await Watchdog(database, TimeSpan.Zero).EndOldTransactions(cancellationToken));

        Assert.Single((await new LogReader(database).Read(default, 10, ["inventory.capacity-set.v1"], cancellationToken)).Events);
        Assert.NotEmpty(await copying.ReadToEndAsync(cancellationToken));
    }

    private static HorizonWatchdog Watchdog(NpgsqlDataSource database, TimeSpan oldest) => new(
        database, Options.Create(new EventLogOptions { OldestTransaction = oldest }), TimeProvider.System, NullLogger<HorizonWatchdog>.Instance);

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
