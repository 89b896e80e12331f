using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TravelHub.Grains.Operations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Operations;

public sealed class OwnWishTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    [Fact]
    public async Task Obey_TakenAway_StopsOnlyWhenAnotherSiloIsThere()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"wish_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider);
        var services = cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[0].SiloAddress);
        var own = services.GetRequiredService<OwnWish>();
        var isStopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        Assert.False(await own.Obey());

        await services.GetRequiredService<SiloWishes>().Set(services.GetRequiredService<ILocalSiloDetails>().Name, isWanted: false, "ann");
        Assert.False(await own.Obey());
        Assert.False(isStopping.IsCancellationRequested);

        await cluster.Silos.StartAdditionalSiloAsync();
        Assert.True(await own.Obey());
        Assert.True(isStopping.IsCancellationRequested);
    }
}
