using TravelHub.Client.Postgres;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Monitoring;

/// <summary>Both detectors at a hundredth of their periods, on a database and a provider of their own, which are taken away.</summary>
public sealed class DetectorsTests
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(2.9);

    private static readonly (string Name, string Value)[] Compressed =
    [
        ("Monitoring:Enabled", "true"), ("Monitoring:BeatPeriod", "00:00:00.300"), ("Monitoring:StaleAfter", $"{StaleAfter:c}"),
        ("Monitoring:CheckPeriod", "00:00:00.300"), ("Monitoring:PingPeriod", "00:00:00.500"), ("Monitoring:Patience", "00:00:00.600"),
        ("Monitoring:StorePeriod", "00:00:00.050"),
    ];

    [Fact]
    public async Task Components_KilledAndThenTheStoreAway_TheDeadAreNamedAndNobodyElse()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var server = await PrivatePostgres.Start(PostgresBinaries.Find(), folder.In("postgres"), cancellationToken: cancellationToken);
        var connectionString = server.ConnectionString("travelhub");
        await Database.Create(connectionString, cancellationToken);
        await Schema.Apply(connectionString, cancellationToken);
        await using var provider = new PaymentSandboxFixture();
        await provider.InitializeAsync();
        await using var cluster = await GrainCluster.Start(connectionString, provider, silos: 2, Compressed);
        var monitoring = cluster.Grains.GetGrain<IMonitoringGrain>(0);
        await Until(() => Believed(monitoring, ComponentState.Alive, "gateway"));
        await Until(async () => !(await monitoring.Detectors())[0].IsPaused);

        var victim = cluster.Silos.Silos[1].Name;
        await provider.Stop();
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1], cancellationToken);
        (string, string)[] expected = [("provider", "heartbeat"), ("provider", "ping"), (victim, "heartbeat"), (victim, "membership"), (victim, "ping")];
        await Until(async () => expected.Except(await Dead(monitoring)).ToArray() is []);
        await AssertNobodyElse(monitoring, expected);

        var away = TimeProvider.System.GetUtcNow();
        await server.Kill();
        await Task.Delay(StaleAfter * 1.5, TimeProvider.System, cancellationToken);   // long enough to make every heartbeat stale
        var back = TimeProvider.System.GetUtcNow();
        await server.Restart(cancellationToken);
        await Until(async () => !(await monitoring.Detectors())[0].IsPaused);
        await Until(() => Believed(monitoring, ComponentState.Alive, "gateway", "provider", victim));

        await AssertNobodyElse(monitoring, expected);
        // Nobody is accused by a heartbeat before the store has been there again for as long as one may be silent.
        Assert.DoesNotContain(
            await monitoring.Detections(after: null, limit: 200),
            d => d.To == ComponentState.Dead && d.Detector == "heartbeat" && d.NoticedAt > away && d.NoticedAt < back + StaleAfter);
    }

    // A busy machine may answer two pings in a row late, and that is how they err. A heartbeat accuses those alone who were silent for as long as it says.
    private static async Task AssertNobodyElse(IMonitoringGrain monitoring, (string, string)[] expected)
    {
        var dead = (await monitoring.Detections(after: null, limit: 200)).Where(d => d.To == ComponentState.Dead).ToArray();
        Assert.Equal(expected.Length, dead.Count(d => expected.Contains((d.Component, d.Detector))));   // once each
        Assert.All(
            dead.Where(d => d.Detector == "heartbeat" && !expected.Contains((d.Component, d.Detector))),
            d => Assert.True(d.NoticedAt - d.LastSeenAt > StaleAfter, $"{d}"));
        Assert.DoesNotContain(dead, d => d.Detector == "membership" && !expected.Contains((d.Component, d.Detector)));
    }

    private static async Task<bool> Believed(IMonitoringGrain monitoring, ComponentState state, params string[] exceptFor)
    {
        var components = await monitoring.Components();
        return components.Length >= 10 && components.Where(c => !exceptFor.Contains(c.Name)).All(c => c.Beliefs.Take(2).All(b => b.State == state));
    }

    // Each detector may say so once.
    private static async Task<List<(string, string)>> Dead(IMonitoringGrain monitoring) =>
        [.. (await monitoring.Detections(after: null, limit: 200)).Where(d => d.To == ComponentState.Dead).Select(d => (d.Component, d.Detector))];

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            try
            {
                if (await isSo())
                    return;
            }
            catch (Exception) when (!patience.IsCancellationRequested)
            {
                // A silo or the database is away; it is asked again.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }
}
