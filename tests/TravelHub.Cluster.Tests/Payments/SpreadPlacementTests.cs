using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Payments;

/// <summary>The loss of one silo of three must leave a majority of each group, also after a silo went and another came.</summary>
public sealed class SpreadPlacementTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    [Fact]
    public async Task Replicas_SiloGoesAndAnotherComes_AreSpreadAgain()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"spread_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider, silos: 3, ("Payments:ProbePeriod", "01:00:00"), ("Payments:SuspicionPeriod", "01:00:00"));
        await UntilSpread(cluster, [1, 2, 2]);

        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);
        await UntilSpread(cluster, [2, 3]);

        await cluster.Silos.StartAdditionalSiloAsync();
        await UntilSpread(cluster, [1, 2, 2]);
    }

    // Whatever was seen last is told by name; each probe brings news.
    private static async Task UntilSpread(GrainCluster cluster, int[] perSilo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var group = 0; group < 3; group++)
        {
            var health = cluster.Grains.GetGrain<IReplicaHealthGrain>(group);
            while (true)
            {
                patience.Token.ThrowIfCancellationRequested();
                await health.Run();
                var silos = (await health.Replicas()).Select(r => r.Silo).ToArray();
                if (silos.All(s => s is not null) && silos.GroupBy(s => s).Select(s => s.Count()).Order().SequenceEqual(perSilo))
                    break;
            }
        }
    }
}
