using TravelHub.Cluster.Tests.Payments;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Cluster.Tests.Faults;

/// <summary>A component that is switched off fails, and nothing else does.</summary>
public sealed class ComponentFaultTests(FaultCluster cluster) : IClassFixture<FaultCluster>
{
    private static readonly SearchQuery Nowhere = new("nowhere", new Nights(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 12)), 1, 1);

    private IFaultsGrain Switches => cluster.Cluster.Grains.GetGrain<IFaultsGrain>(0);

    private ISearchGrain Search => cluster.Cluster.Grains.GetGrain<ISearchGrain>(0);

    [Fact]
    public async Task Call_DeadComponent_FailsAtOnceUntilItIsBack()
    {
        Assert.Null(await Switches.PutComponent("search", new ComponentFault(ComponentFaultKind.Dead)));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Search.Find(Nowhere));
        await cluster.Cluster.Grains.GetGrain<IReservationGrain>(Guid.NewGuid()).Get("nobody");

        await Switches.ClearComponent("search");

        await Search.Find(Nowhere);
    }

    [Fact]
    public async Task Call_HungComponent_IsAnsweredWhenItIsOver()
    {
        Assert.Null(await Switches.PutComponent("reservations", new ComponentFault(ComponentFaultKind.Hung)));
        var call = cluster.Cluster.Grains.GetGrain<IReservationGrain>(Guid.NewGuid()).Get("nobody");
        Assert.Equal(ComponentFaultKind.Hung, (await Switches.Components())["reservations"].Kind);
        await Assert.ThrowsAsync<TimeoutException>(() => call.WaitAsync(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken));

        await Switches.ClearComponent("reservations");

        await call;
    }

    [Theory]
    [InlineData("elsewhere", 1, "unknown-component")]
    [InlineData("search", 0, "parameter-out-of-range")]
    public async Task Put_WhatThereIsNot_IsRefused(string component, int milliseconds, string code) =>
        Assert.Equal(code, (await Switches.PutComponent(component, new ComponentFault(ComponentFaultKind.Slow, milliseconds)))?.Code);
}
