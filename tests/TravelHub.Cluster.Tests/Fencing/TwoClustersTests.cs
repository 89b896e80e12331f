using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Fencing;

/// <summary>
/// Two clusters that know nothing of each other on one log: each activates every grain that the other has, as after a split or when a silo
/// that was thought dead goes on. Only the log stands between them.
/// </summary>
public sealed class TwoClustersTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    // As the gateway does: an activation that was replaced is asked again.
    private static readonly ResiliencePipeline AskAgain = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<AppendRefusedException>().Handle<OrleansMessageRejectionException>(),
            MaxRetryAttempts = 20,
            Delay = TimeSpan.FromMilliseconds(20),
            UseJitter = true,
        })
        .Build();

    private readonly List<GrainCluster> _clusters = [];

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"fencing_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
            _clusters.Add(await GrainCluster.Start(connectionString, provider, silos: 1, ("Inventory:AskPeriod", "00:00:00.100")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cluster in _clusters)
            await cluster.DisposeAsync();
    }

    [Fact]
    public async Task Book_ManyThroughBoth_EachRoomIsSoldOnceAndEachBookingPaidOnce()
    {
        const int Rooms = 10;
        var property = await NewProperty(Rooms);
        Guid[] ids = [.. Enumerable.Range(0, 40).Select(_ => Guid.NewGuid())];

        var views = await Task.WhenAll(ids.Select((id, i) => Book(i % 2, id, property)));

        Assert.Equal(Rooms, views.Count(v => v.Status == ReservationStatus.Confirmed));
        Assert.Equal(ids.Length - Rooms, views.Count(v => v.Status == ReservationStatus.SoldOut));
        foreach (var view in views)
            Assert.Equal(view.Status == ReservationStatus.Confirmed ? 1 : 0, (await provider.Charges(view.Id)).Count);
    }

    [Fact]
    public async Task Book_OneThroughBothAtOnce_IsOneReservationOneChargeAndOneAnswer()
    {
        var property = await NewProperty(rooms: 50);
        for (var round = 0; round < 10; round++)
        {
            var id = Guid.NewGuid();

            var views = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Book(i % 2, id, property)));

            Assert.All(views, view => Assert.Equal((ReservationStatus.Confirmed, views[0].Version), (view.Status, view.Version)));
            Assert.Single(await provider.Charges(id));
        }
    }

    [Fact]
    public async Task Book_RoomFreedThroughTheOther_IsNotRefusedFromMemory()
    {
        var property = await NewProperty(rooms: 1);
        var first = Guid.NewGuid();
        await Book(0, first, property);
        Assert.Equal(ReservationStatus.SoldOut, (await Book(0, Guid.NewGuid(), property)).Status);   // the first cluster remembers: nothing left
        await Cancel(1, first);
        await UntilReleased(property);

        Assert.Equal(ReservationStatus.Confirmed, (await Book(0, Guid.NewGuid(), property)).Status);
    }

    [Fact]
    public async Task PayHereCancelThere_AtOnce_EndsInOneTruthAndKeepsNoMoneyOfACancelledStay()
    {
        var property = await NewProperty(rooms: 20);
        for (var round = 0; round < 10; round++)
        {
            var id = Guid.NewGuid();
            await Book(0, id, property, BookingMode.Hold);

            var isCaptured = round % 5 == 0;   // for sure, before it is cancelled
            var payment = Ask(0, g => g.GetGrain<IReservationGrain>(id).Pay(new PayCommand("ann", "k", isCaptured ? "tok_timeout_after_commit" : "tok_ok")));
            if (isCaptured)
                await provider.UntilCharge($"{id:N}-1", TestContext.Current.CancellationToken);
            await Task.WhenAll(payment, Cancel(1, id));

            var seen = await Task.WhenAll(Enumerable.Range(0, 2).Select(c => Ask(c, g => g.GetGrain<IReservationGrain>(id).Get("ann"))));
            Assert.All(seen, view => Assert.Equal((ReservationStatus.Cancelled, seen[0]!.Version), (view!.Status, view.Version)));
            var captured = (await provider.Charges(id)).Where(c => c.Status == "captured").Sum(c => c.AmountMinor);
            Assert.Equal(captured, await provider.RefundedMinor(id));
            if (isCaptured)
                Assert.Equal(36_000, captured);
        }
    }

    private async Task<ReservationView> Book(int cluster, Guid id, string property, BookingMode mode = BookingMode.Book)
    {
        var outcome = await Ask(cluster, grains => grains.GetGrain<IReservationGrain>(id).Book(ClusterFixture.Booking(property, mode)));
        return Assert.IsType<ReservationOutcome.Done>(outcome).Reservation;
    }

    private Task<ReservationOutcome> Cancel(int cluster, Guid id) =>
        Ask(cluster, grains => grains.GetGrain<IReservationGrain>(id).Cancel(new CancelCommand("ann", IfVersion: null)));

    private Task<T> Ask<T>(int cluster, Func<IGrainFactory, Task<T>> question) =>
        AskAgain.ExecuteAsync(async _ => await question(_clusters[cluster].Grains)).AsTask();

    // In the log: until then no room is free, whatever a memory says.
    private async Task UntilReleased(string property)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var log = _clusters[1].Silos.GetActiveSilos().First().ServiceProvider.GetRequiredService<IEventLog>();
        while (!await log.Read($"inventory/{property}/STD", afterVersion: 0, patience.Token).AnyAsync(e => e.Event is InventoryEvent.Released, patience.Token))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    // Each cluster keeps a catalogue of its own; the capacity that both set is one.
    private async Task<string> NewProperty(int rooms)
    {
        var id = $"casa-{Guid.NewGuid():N}";
        foreach (var cluster in _clusters)
            await AskAgain.ExecuteAsync(async _ => await ClusterFixture.PutProperty(cluster.Grains, id, rooms));
        return id;
    }
}
