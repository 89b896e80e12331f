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

    /// <summary>What was written before the database's clock went back by an hour would be fresh for an hour, whoever is dead.</summary>
    [Fact]
    public async Task Evidence_FromBeforeTheClockWentBack_IsOlderThanAnything()
    {
        await Beat("http://old");
        var wishes = new SiloWishes(_database, Cluster);
        await wishes.Set(Silo, isWanted: true, "ann", await wishes.Now());
        await SetClocksBack(TimeSpan.FromHours(1));

        var dead = await Evidence();
        Assert.InRange(dead.Age!.Value, TimeSpan.FromDays(365), TimeSpan.MaxValue);
        Assert.InRange(dead.WantedFor!.Value, TimeSpan.FromDays(365), TimeSpan.MaxValue);

        await Beat("http://new");
        var alive = await Evidence();
        Assert.InRange(alive.Age!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal("http://new", alive.Address);
    }

    /// <summary>Less than anybody notices: who has just beaten is alive.</summary>
    [Fact]
    public async Task Evidence_ClockWentBackALittle_StillCounts()
    {
        await Beat("http://one");
        await SetClocksBack(TimeSpan.FromSeconds(3));

        Assert.InRange((await Evidence()).Age!.Value, TimeSpan.FromSeconds(-3), TimeSpan.FromSeconds(20));
    }

    private Task Beat(string source) => _store.Beat(Silo, Detector.Heartbeat, source, TimeSpan.Zero, source, TestContext.Current.CancellationToken);

    private Task<Evidence> Evidence() => _store.Evidence(Silo, Detector.Heartbeat, new MonitoringOptions().Blink);

    // The clock is everybody's: what was written by it is moved on instead.
    private async Task SetClocksBack(TimeSpan time)
    {
        await using var command = _database.CreateCommand("WITH wished AS (UPDATE silo_wishes SET asked_at = asked_at + $1) UPDATE beats SET seen_at = seen_at + $1");
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = time });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<(bool IsWanted, TimeSpan? WantedFor)> Wish()
    {
        var evidence = await Evidence();
        return (evidence.IsWanted, evidence.WantedFor);
    }
}
