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

        await TakeAway(services);
        Assert.False(await own.Obey());
        Assert.False(isStopping.IsCancellationRequested);

        await cluster.Silos.StartAdditionalSiloAsync();
        Assert.True(await own.Obey());
        Assert.True(isStopping.IsCancellationRequested);
    }

    /// <summary>Who took it away may have looked at the membership before the silo was in it, and have been held up for however long.</summary>
    [Fact]
    public async Task Watch_TakenAwayLongAfterItJoined_Stops()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"wish_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider, silos: 2);
        var services = cluster.Silos.GetSiloServiceProvider(cluster.Silos.Silos[1].SiloAddress);
        var time = new HurriedTime(waits: 10);
        var watch = ActivatorUtilities.CreateInstance<OwnWish>(services, time).Watch();
        await Task.WhenAny(watch, time.HasWaited);
        Assert.False(watch.IsCompleted);

        await TakeAway(services);
        await watch.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.True(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    private static async Task TakeAway(IServiceProvider silo)
    {
        var wishes = silo.GetRequiredService<SiloWishes>();
        Assert.True(await wishes.Set(silo.GetRequiredService<ILocalSiloDetails>().Name, isWanted: false, "ann", await wishes.Now()));
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class HurriedTime(int waits) : TimeProvider
    {
        private readonly TaskCompletionSource _hasWaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _left = waits;

        /// <summary>Completes when it has been waited so often.</summary>
        public Task HasWaited => _hasWaited.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (Interlocked.Decrement(ref _left) == 0)
                _hasWaited.SetResult();
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }
}
