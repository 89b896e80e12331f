using Microsoft.Extensions.Configuration;
using Npgsql;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.EventLog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Analytics;

public sealed class AnalyticsReaderTests(PostgresFixture postgres)
{
    /// <summary>The reader sees nothing that came after the transaction began to write, whatever the log has by now.</summary>
    [Fact]
    public async Task Step_HeldBackByAnOpenTransaction_ClaimsNoMoreThanCameBeforeIt()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.NewTravelHubDatabase($"reader_{Guid.NewGuid():N}", cancellationToken);
        await using var database = AnalyticsDatabase.Of(new ConfigurationManager { ["ConnectionStrings:TravelHub"] = connectionString }, new AnalyticsOptions());
        var reader = new AnalyticsReader(database, new LogReader(database.Log), 10, TimeProvider.System);
        var store = new AnalyticsStore(database.Figures);
        await reader.Restart(cancellationToken);
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var writing = await connection.BeginTransactionAsync(cancellationToken);
        await using var write = new NpgsqlCommand("SELECT now() FROM pg_current_xact_id()", connection);
        var began = (DateTime)(await write.ExecuteScalarAsync(cancellationToken))!;

        Assert.True((await reader.Step(cancellationToken)).IsLast);
        Assert.InRange((await store.Place(cancellationToken)).AsOf!.Value, DateTimeOffset.UnixEpoch, began);

        await writing.CommitAsync(cancellationToken);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await store.Place(patience.Token)).AsOf <= began)
            await reader.Step(patience.Token);   // others write on this server too
    }
}
