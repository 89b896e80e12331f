using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Analytics;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Analytics;

/// <summary>How much of a silo questions may take, and what is told when that is spent.</summary>
public sealed class AnalyticsLimitsTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    private IAnalyticsGrain Analytics => _cluster.Grains.GetGrain<IAnalyticsGrain>(0);

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(
        await postgres.NewTravelHubDatabase($"figures_{Guid.NewGuid():N}", CancellationToken.None), provider, silos: 2, ("TravelHub:Roles", "analytics"));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>Whoever asks whether it lives is no question of figures.</summary>
    [Fact]
    public async Task Progress_WhileQuestionsHaveAllTurns_IsTold()
    {
        foreach (var silo in _cluster.Silos.Silos)
        {
            var turns = _cluster.Silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<AnalyticsDatabase>().Turns;
            while (turns.CurrentCount > 0)
                await turns.WaitAsync(TestContext.Current.CancellationToken);
        }

        await Assert.ThrowsAsync<AnalyticsAwayException>(() => Analytics.Bookings(OfToday()));
        Assert.NotNull(await Analytics.Progress());
    }

    /// <summary>A refusal that comes at once is asked for again at once, and takes more of the machine than an answer.</summary>
    [Fact]
    public async Task Bookings_BudgetIsSpent_IsRefusedAfterAWhile()
    {
        foreach (var silo in _cluster.Silos.Silos)
            _cluster.Silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<AnalyticsDatabase>().Budget.Spend(TimeSpan.FromHours(1));
        var start = TimeProvider.System.GetTimestamp();

        await Assert.ThrowsAsync<AnalyticsAwayException>(() => Analytics.Bookings(OfToday()));

        Assert.True(TimeProvider.System.GetElapsedTime(start) > TimeSpan.FromMilliseconds(900));
    }

    private static AnalyticsQuery OfToday()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new AnalyticsQuery(today, today.AddDays(1), ByDay: false, ByDestination: false, ByProperty: true, null, null, null, 200);
    }
}
