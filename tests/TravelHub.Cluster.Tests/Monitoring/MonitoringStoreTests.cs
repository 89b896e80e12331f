using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;
using TravelHub.Grains.Operations;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Monitoring;

public sealed class MonitoringStoreTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Silo = "silo-2";

    private static readonly IOptions<ClusterOptions> Cluster = Options.Create(new ClusterOptions { ClusterId = "monitoring-tests" });

    private NpgsqlDataSource _database = null!;
    private MonitoringStore _store = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"monitoring_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        _database = PostgresCluster.DataSource(connectionString, "monitoring-tests");
        _store = new MonitoringStore(_database, Cluster);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Record_ManyAtTheSameMoment_IsNewsToOneOfThem()
    {
        for (var round = 0; round < 20; round++)
        {
            var component = $"component-{round}";
            var isNews = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
                _store.Record(component, Detector.Heartbeat, ComponentState.Unknown, ComponentState.Dead, cancellationToken: TestContext.Current.CancellationToken)));
            Assert.Single(isNews, one => one);
        }

        Assert.Equal(20, (await _store.Detections(after: null, limit: 200)).Length);
    }

    [Fact]
    public async Task Evidence_TakenAwayAndWantedAgain_TellsSinceWhen()
    {
        var wishes = new SiloWishes(_database, Cluster);
        await _store.Beat(Silo, Detector.Heartbeat, Silo, TimeSpan.Zero, address: null, TestContext.Current.CancellationToken);
        Assert.Equal((true, null), await Wish());

        await wishes.Set(Silo, isWanted: false, "ann", await wishes.Now());
        Assert.Equal((false, null), await Wish());

        await wishes.Set(Silo, isWanted: true, "ann", await wishes.Now());
        var (isWanted, wantedFor) = await Wish();
        Assert.True(isWanted);
        Assert.InRange(wantedFor!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private async Task<(bool IsWanted, TimeSpan? WantedFor)> Wish()
    {
        var evidence = await _store.Evidence(Silo, Detector.Heartbeat);
        return (evidence.IsWanted, evidence.WantedFor);
    }
}
