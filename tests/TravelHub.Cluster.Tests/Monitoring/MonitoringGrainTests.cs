using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Monitoring;

public sealed class MonitoringGrainTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    /// <summary>By one key a gateway asks the same silo for ever, by many it comes past one that has lost the database.</summary>
    [Fact]
    public async Task Detectors_AskedForByManyKeys_AreToldByEverySilo()
    {
        await using var cluster = await GrainCluster.Start(
            await postgres.NewTravelHubDatabase($"keys_{Guid.NewGuid():N}", TestContext.Current.CancellationToken), provider, silos: 2);

        for (var again = 0; again < 2; again++)
        {
            for (var key = 0; key < 16; key++)
                await cluster.Grains.GetGrain<IMonitoringGrain>(key).Detectors();
        }

        var all = await cluster.Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics();
        var activations = all.Where(a => a.GrainType.Contains(nameof(MonitoringGrain), StringComparison.Ordinal)).Select(a => a.ActivationCount).ToArray();
        Assert.Equal(2, activations.Length);
        Assert.Equal(16, activations.Sum());   // none is at both silos
    }
}
