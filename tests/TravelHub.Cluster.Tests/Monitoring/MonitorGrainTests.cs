using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;
using TravelHub.Grains.Operations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Monitoring;

public sealed class MonitorGrainTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    private const string Silo = "silo-that-does-not-come";

    /// <summary>The silo that judges has just started, and the one that is judged was just asked to come back. The next reminder is an hour away.</summary>
    [Fact]
    public async Task Check_TooEarlyToAccuse_LooksAgainWhenItMay()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var cluster = await GrainCluster.Start(
            await postgres.NewTravelHubDatabase($"monitor_{Guid.NewGuid():N}", cancellationToken), provider, silos: 1,
            ("Monitoring:Enabled", "true"), ("Monitoring:CheckPeriod", "01:00:00"), ("Monitoring:PingPeriod", "01:00:00"), ("Monitoring:BeatPeriod", "00:00:00.500"),
            ("Monitoring:StaleAfter", "00:00:03"), ("Monitoring:Patience", "00:00:00.500"), ("Monitoring:StorePeriod", "00:00:00.100"));
        var services = cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[0].SiloAddress);
        await services.GetRequiredService<MonitoringStore>().Beat(Silo, Detector.Heartbeat, Silo, TimeSpan.Zero, address: null, cancellationToken);
        await using var old = cluster.Database.CreateCommand($"UPDATE beats SET seen_at = seen_at - interval '1 hour' WHERE component = '{Silo}'");
        Assert.Equal(1, await old.ExecuteNonQueryAsync(cancellationToken));
        var wishes = services.GetRequiredService<SiloWishes>();
        await wishes.Set(Silo, isWanted: true, "ann", await wishes.Now());

        await cluster.Grains.GetGrain<IMonitorGrain>(Silo).Check();

        Assert.False(await IsDead(cluster));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await IsDead(cluster))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }

    private static async Task<bool> IsDead(GrainCluster cluster) => (await cluster.Grains.GetGrain<IMonitoringGrain>(0).Components())
        .Any(c => c.Name == Silo && c.Beliefs.Any(b => b is { Detector: Detector.Heartbeat, State: ComponentState.Dead }));
}
