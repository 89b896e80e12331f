using Npgsql;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Inventory;

/// <summary>An inventory that was away comes back to what the log says, by itself.</summary>
public sealed class ResyncTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow();

    private GrainCluster _cluster = null!;
    private IEventLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"resync_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        // No word comes by asking: what is released was read from the log.
        _cluster = await GrainCluster.Start(
            connectionString, provider, silos: 1,
            ("Inventory:AskPeriod", "00:10:00"), ("Inventory:ResyncPeriod", "00:10:00"), ("Inventory:EventsPerSnapshot", "10"));
        _log = (IEventLog)_cluster.Silos.GetActiveSilos().First().ServiceProvider.GetService(typeof(IEventLog))!;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Run_CancelledWhileInventoryWasAway_ReleasesWhatWasSold()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1);
        var id = Guid.NewGuid();
        await _cluster.Grains.GetGrain<IReservationGrain>(id).Book(ClusterFixture.Booking(property));
        await Inventory(property).Settle(new HoldId(id, 0), new HoldRuling(HoldFate.Sold, 3));   // durable now: a sale that is only heard waits for company
        // The decision is durable, and the silo that made it died before it told anyone.
        await Append(id, 3, [new ReservationEvent.CancelRequested(0), new ReservationEvent.Cancelled()], ReservationStatus.Cancelled, wakeAt: null);
        Assert.Equal(1, (await Resync.Lag()).Events);

        Assert.Equal(1, await RunUntilTold());

        Assert.Equal(1, (await Inventory(property).Availability(ClusterFixture.Nights))[0]);
        Assert.Equal((0, 0), (await Resync.Run(), (await Resync.Lag()).Events));
    }

    /// <summary>One that can't come up holds up nobody, and nobody is told again because of it.</summary>
    [Fact]
    public async Task Run_OneInventoryIsSick_TellsItAloneAgain()
    {
        var (sick, well) = (await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1), await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1));
        await Deactivate(sick);
        await Rename(sick, "inventory.capacity-set.v1", "inventory.of-another-time.v1");
        foreach (var property in new[] { sick, well })
        {
            var stay = new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [0, 0, 0], 0, At.AddYears(1), 0);
            var requested = new ReservationEvent.Requested("ann", "hash", BookingMode.Book, Guid.NewGuid(), [stay], At, At.AddMinutes(10), "tok_ok");
            await Append(Guid.NewGuid(), 0, [requested, new ReservationEvent.Lapsed()], ReservationStatus.Lapsed, wakeAt: null);
        }

        for (var told = 0; told < 2;)
            told += await RunUntilTold();
        Assert.Equal((0, 2), (await Resync.Run(), (await Resync.Lag()).Events));   // the cursor stays before it, for whoever comes after this activation

        await Rename(sick, "inventory.of-another-time.v1", "inventory.capacity-set.v1");
        Assert.Equal((0, 0), (await Resync.Run(), (await Resync.Lag()).Events));
    }

    [Fact]
    public async Task Activation_RequestsWaitInTheLog_ServesThemInItsOrderAndBeforeNewOnes()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 2);
        await Deactivate(property);
        Guid[] waiting = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid())];
        foreach (var id in waiting)
        {
            var stay = new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [0, 0, 0], 0, At.AddYears(1), 0);
            var requested = new ReservationEvent.Requested("ann", "hash", BookingMode.Book, Guid.NewGuid(), [stay], At, At.AddMinutes(10), "tok_ok");
            await Append(id, 0, [requested], ReservationStatus.Pending, wakeAt: At.AddHours(1));
        }

        var live = await Inventory(property).PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, At.AddMinutes(10));

        Assert.IsType<HoldOutcome.SoldOut>(live);
        foreach (var (id, status) in waiting.Zip(
            [ReservationStatus.Confirmed, ReservationStatus.Confirmed, ReservationStatus.SoldOut, ReservationStatus.SoldOut]))
            await UntilStatus(id, status);   // woken by the inventory: recovery's time is an hour away
    }

    /// <summary>Room types that come up together ask together what is pending, and each serves its own.</summary>
    [Fact]
    public async Task Activation_ManyAtOnce_EachServesWhatIsPendingForIt()
    {
        var properties = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ClusterFixture.NewProperty(_cluster.Grains, rooms: 1)));
        var waiting = new List<(Guid First, Guid Second)>();
        foreach (var property in properties)
        {
            await Deactivate(property);
            var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
            foreach (var id in new[] { first, second })
            {
                var stay = new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [0, 0, 0], 0, At.AddYears(1), 0);
                var requested = new ReservationEvent.Requested("ann", "hash", BookingMode.Book, Guid.NewGuid(), [stay], At, At.AddMinutes(10), "tok_ok");
                await Append(id, 0, [requested], ReservationStatus.Pending, wakeAt: At.AddHours(1));
            }

            waiting.Add((first, second));
        }

        var left = await Task.WhenAll(properties.Select(p => Inventory(p).Availability(ClusterFixture.Nights)));

        Assert.All(left, nights => Assert.Equal(0, nights[0]));
        foreach (var (first, second) in waiting)
        {
            await UntilStatus(first, ReservationStatus.Confirmed);
            await UntilStatus(second, ReservationStatus.SoldOut);
        }
    }

    [Fact]
    public async Task Activation_FromSnapshot_NeedsNoneOfTheEventsBeforeIt()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 100);
        for (var i = 0; i < 30; i++)
            await Inventory(property).PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, At.AddHours(1));
        var version = await UntilSnapshot(property, atLeast: 21);
        await Execute("DELETE FROM reservation_events WHERE stream = $1 AND version <= $2", property, version);
        await Deactivate(property);

        Assert.Equal(70, (await Inventory(property).Availability(ClusterFixture.Nights))[0]);
    }

    [Fact]
    public async Task Save_OlderSnapshot_DoesNotReplaceANewerOne()
    {
        var snapshots = new Snapshots(_cluster.Database);
        await snapshots.Save("s", 20, InventorySnapshot.Shape, "newer");
        await snapshots.Save("s", 10, InventorySnapshot.Shape, "older");

        Assert.Equal((20, "newer"), await snapshots.Load("s", InventorySnapshot.Shape, TestContext.Current.CancellationToken));
        Assert.Null(await snapshots.Load("s", InventorySnapshot.Shape + 1, TestContext.Current.CancellationToken));
    }

    private IResyncGrain Resync => _cluster.Grains.GetGrain<IResyncGrain>(0);

    private IInventoryGrain Inventory(string property) => _cluster.Grains.GetGrain<IInventoryGrain>($"{property}/STD");

    private Task Append(Guid id, long version, ReservationEvent[] events, string status, DateTimeOffset? wakeAt) => _log.Append(new StreamAppend(
        ReservationStreams.Name(id), version, events, new ReservationRow(id, "ann", status, version + events.Length, At, wakeAt, "{}")));

    private async Task Deactivate(string property)
    {
        var grain = Inventory(property).GetGrainId();
        var management = _cluster.Grains.GetGrain<IManagementGrain>(0);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            await management.DeactivateGrain(grain);
        }
        while (await management.GetActivationAddress(Inventory(property)) is not null);
    }

    // The log's horizon is the whole server's: another test's transaction may hold it back for a moment.
    private async Task<int> RunUntilTold()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (await Resync.Run() is > 0 and var told)
                return told;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private async Task UntilStatus(Guid id, string status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await Scalar("SELECT status FROM reservations WHERE id = $1", id) as string != status)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    private async Task<long> UntilSnapshot(string property, long atLeast)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (await Scalar("SELECT version FROM snapshots WHERE stream = $1", $"inventory/{property}/STD") is long version && version >= atLeast)
                return version;
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private async Task Rename(string property, string from, string to)
    {
        await using var command = _cluster.Database.CreateCommand("UPDATE reservation_events SET type = $3 WHERE stream = $1 AND type = $2");
        foreach (var text in new[] { $"inventory/{property}/STD", from, to })
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
        Assert.Equal(1, await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
    }

    private async Task<object?> Scalar<T>(string sql, T parameter)
    {
        await using var command = _cluster.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = parameter });
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task Execute(string sql, string property, long version)
    {
        await using var command = _cluster.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"inventory/{property}/STD" });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = version });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
