using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Reservations;

/// <summary>Holds that last long enough to be placed on a busy machine, and end while one waits.</summary>
public sealed class HoldLifetimeTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    [Fact]
    public async Task Book_HoldNotPaid_LapsesAndGivesTheRoomBack()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"lifetime_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(
            connectionString, provider, silos: 1, ("Reservations:HoldLifetime", "00:00:08"), ("Inventory:AskPeriod", "00:00:00.100"));
        var property = await ClusterFixture.NewProperty(cluster.Grains, rooms: 1);
        var reservation = cluster.Grains.GetGrain<IReservationGrain>(Guid.NewGuid());
        var inventory = cluster.Grains.GetGrain<IInventoryGrain>($"{property}/STD");

        var held = Assert.IsType<ReservationOutcome.Done>(await reservation.Book(ClusterFixture.Booking(property, BookingMode.Hold))).Reservation;
        Assert.Equal((ReservationStatus.Held, 0), (held.Status, await Left()));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Left() == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);

        Assert.Equal((ReservationStatus.Lapsed, 1), ((await reservation.Get("ann"))!.Status, await Left()));

        async Task<int> Left() => (await inventory.Availability(ClusterFixture.Nights))[0];
    }
}
