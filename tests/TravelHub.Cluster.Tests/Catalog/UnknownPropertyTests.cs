using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Catalog;

/// <summary>What there is not is asked for by anybody, as often as he likes.</summary>
public sealed class UnknownPropertyTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(
        await postgres.NewTravelHubDatabase($"unknown_{Guid.NewGuid():N}", TestContext.Current.CancellationToken), provider);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>All who ask at once are answered, and what was made to answer them goes again.</summary>
    [Fact]
    public async Task Ask_ManyAtOnceForWhatThereIsNot_AreAllAnsweredAndItGoes()
    {
        var (property, destination) = ($"nowhere-{Guid.NewGuid():N}", $"nowhere-{Guid.NewGuid():N}");
        var stay = new StayRequest(property, "STD", ClusterFixture.Nights, 1, 2, RatePlan: null, Quote: null);

        var priced = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _cluster.Grains.GetGrain<IPropertyGrain>(property).Price(stay)));
        var got = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _cluster.Grains.GetGrain<IPropertyGrain>(property).Get()));
        var listed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _cluster.Grains.GetGrain<IDestinationGrain>(destination).Properties()));

        Assert.All(priced, p => Assert.Equal("unknown-property", Assert.IsType<PricingOutcome.Refused>(p).Why.Code));
        Assert.All(got, Assert.Null);
        Assert.All(listed, l => Assert.Empty(l));
        var management = _cluster.Grains.GetGrain<IManagementGrain>(0);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await management.GetActivationAddress(_cluster.Grains.GetGrain<IPropertyGrain>(property)) is not null
            || await management.GetActivationAddress(_cluster.Grains.GetGrain<IDestinationGrain>(destination)) is not null)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, patience.Token);
    }
}
