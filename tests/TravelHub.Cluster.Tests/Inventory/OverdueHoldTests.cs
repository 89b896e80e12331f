using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Inventory;

public sealed class OverdueHoldTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    /// <summary>The alarm, which would ask as well, does not ring within this test.</summary>
    [Fact]
    public async Task PlaceHold_LastRoomIsHeldByARequestThatNeverWas_IsGivenIt()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"overdue_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider, silos: 1, ("Inventory:AskPeriod", "00:01:00"));
        var inventory = cluster.Grains.GetGrain<IInventoryGrain>($"{await ClusterFixture.NewProperty(cluster.Grains, rooms: 1)}/STD");
        var now = TimeProvider.System.GetUtcNow();
        Assert.IsType<HoldOutcome.Held>(await inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, now.AddMinutes(-1)));

        var next = await inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, now.AddMinutes(10));

        Assert.IsType<HoldOutcome.Held>(next);
    }
}
