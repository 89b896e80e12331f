using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests;

public sealed class SiloDeathTests(PostgresFixture postgres, PaymentSandboxFixture provider)
{
    [Fact]
    public async Task Book_SiloKilledUnderLoad_NothingLostDoubledOrOversold()
    {
        var connectionString = await postgres.NewTravelHubDatabase("silo_death", TestContext.Current.CancellationToken);
        await using var cluster = await GrainCluster.Start(connectionString, provider, silos: 3);
        const int Rooms = 60;
        var property = await ClusterFixture.NewProperty(cluster.Grains, Rooms);
        Guid[] ids = [.. Enumerable.Range(0, 100).Select(_ => Guid.NewGuid())];

        var halfDone = new TaskCompletionSource();
        var done = 0;
        var bookings = ids.Select(async (id, number) =>
        {
            var view = await BookWithRetries(cluster.Grains, id, property, number % 4 == 0 ? "tok_slow" : "tok_ok");   // the slow ones are under way when the silo dies
            if (Interlocked.Increment(ref done) == ids.Length / 4)
                halfDone.TrySetResult();
            return view;
        }).ToArray();
        await Task.WhenAny(halfDone.Task, Task.WhenAll(bookings)).WaitAsync(TestContext.Current.CancellationToken);
        var rooms = await cluster.Grains.GetGrain<IManagementGrain>(0).GetActivationAddress(cluster.Grains.GetGrain<IInventoryGrain>($"{property}/STD"));
        Assert.Contains(bookings, booking => !booking.IsCompleted);
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos.Single(silo => silo.SiloAddress.Equals(rooms)), TestContext.Current.CancellationToken);
        var views = await Task.WhenAll(bookings);

        Assert.Equal(Rooms, views.Count(v => v.Status == ReservationStatus.Confirmed));
        Assert.Equal(ids.Length - Rooms, views.Count(v => v.Status == ReservationStatus.SoldOut));
        foreach (var view in views)
            Assert.Equal(view.Status == ReservationStatus.Confirmed ? 1 : 0, (await provider.Charges(view.Id)).Count);
        Assert.Equal(0, (await cluster.Grains.GetGrain<IInventoryGrain>($"{property}/STD").Availability(ClusterFixture.Nights))[0]);
    }

    // As the gateway does: the same request under the same id, until there is an answer.
    private static async Task<ReservationView> BookWithRetries(IGrainFactory grains, Guid id, string property, string token)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var outcome = await grains.GetGrain<IReservationGrain>(id).Book(ClusterFixture.Booking(property, token: token));
                if (outcome is ReservationOutcome.Done({ Status: not ReservationStatus.Pending } view, _))
                    return view;
            }
            catch (Exception e) when (attempt < 50 && e is AppendRefusedException or LogUnavailableException or TimeoutException or Orleans.Runtime.OrleansException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }
}
