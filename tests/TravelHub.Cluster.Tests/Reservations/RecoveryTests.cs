using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Reservations;

/// <summary>The log as a crash left it, and what finishes the work: rows of the crash table.</summary>
public sealed class RecoveryTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private static readonly DateTimeOffset At = TimeProvider.System.GetUtcNow();

    private GrainCluster _cluster = null!;
    private IEventLog _log = null!;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"recovery_{Guid.NewGuid():N}", TestContext.Current.CancellationToken);
        // Shards look when a test says so.
        _cluster = await GrainCluster.Start(
            connectionString, provider, silos: 1, ("Inventory:AskPeriod", "00:00:00.100"), ("Reservations:RecoveryPeriod", "01:00:00"));
        _log = (IEventLog)_cluster.Silos.GetActiveSilos().First().ServiceProvider.GetService(typeof(IEventLog))!;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Run_DiedAfterRequested_Confirms()
    {
        var (id, property) = await Crashed(withHold: false, withCharge: false);

        await Recover(id);

        await AssertConfirmed(id, property);
    }

    [Fact]
    public async Task Run_DiedAfterHeld_Confirms()
    {
        var (id, property) = await Crashed(withHold: true, withCharge: false);

        await Recover(id);

        await AssertConfirmed(id, property);
    }

    [Fact]
    public async Task Run_DiedAfterCharge_ConfirmsWithThatCharge()
    {
        var (id, property) = await Crashed(withHold: true, withCharge: true);

        await Recover(id);

        await AssertConfirmed(id, property);
    }

    [Fact]
    public async Task Run_DiedAfterChargeAndCancelRequested_RefundsOnce()
    {
        var (id, _) = await Crashed(withHold: true, withCharge: true);
        await Append(id, 1, new ReservationEvent.CancelRequested(0), ReservationStatus.Cancelling);

        await Recover(id);

        Assert.Equal([("captured", 36_000)], await provider.Charges(id));
        Assert.Equal(ReservationStatus.Cancelled, (await Reservation(id).Get("ann"))!.Status);
        // The customer cancelled before the booking was confirmed: the charge that slipped through goes back whole.
        Assert.Equal(36_000, await provider.RefundedMinor(id));
    }

    [Fact]
    public async Task Run_DeadlinePassedBeforeAnyCharge_VoidsAndLapses()
    {
        var (id, property) = await Crashed(withHold: true, withCharge: false, holdUntil: At.AddMinutes(-1));

        await Recover(id);

        Assert.Equal(ReservationStatus.Lapsed, (await Reservation(id).Get("ann"))!.Status);
        Assert.Empty(await provider.Charges(id));
        Assert.IsType<ChargeOutcome.Voided>(await Charge(id));   // a request that arrives late captures nothing
        await UntilLeft(property, 1);
    }

    [Fact]
    public async Task Run_DeadlinePassedAfterTheCharge_ConfirmsWhatWasPaid()
    {
        var (id, property) = await Crashed(withHold: true, withCharge: true, holdUntil: At.AddMinutes(-1));

        await Recover(id);

        await AssertConfirmed(id, property);
    }

    [Fact]
    public async Task Run_ConfirmedButInventoryNotTold_InventoryAsksAndSells()
    {
        var (id, property) = await Crashed(withHold: false, withCharge: true);
        var total = new Money(36_000, "EUR");
        await Append(id, 1, new ReservationEvent.Paid(1, $"{id:N}-1", total, 3), ReservationStatus.Pending);
        await Append(id, 2, new ReservationEvent.Confirmed(total), ReservationStatus.Confirmed);
        await Inventory(property).PlaceHold(new HoldId(id, 0), ClusterFixture.Nights, 1, At.AddMinutes(-1));   // its time is up, and nobody has told
        await UntilEvent($"inventory/{property}/STD", "inventory.sold.v1");
    }

    /// <summary>An activation that was replaced, as after a partition, neither tells what it remembers nor denies what it does not.</summary>
    [Theory]
    [InlineData("ann")]
    [InlineData("bob")]
    public async Task Get_ReplacedActivation_AnswersNothing(string owner)
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1);
        var id = Guid.NewGuid();
        var stay = new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [12_000, 12_000, 12_000], 0, At.AddYears(1), 0);
        await Append(
            id, 0, new ReservationEvent.Requested("ann", "hash", BookingMode.Hold, Guid.NewGuid(), [stay], At, At.AddMinutes(10), null), ReservationStatus.Pending);
        await Append(id, 1, new ReservationEvent.RoomsHeld(new Money(36_000, "EUR")), ReservationStatus.Held);
        Assert.Equal(2, (await Reservation(id).Get("ann"))!.Version);   // active now
        await Append(id, 2, new ReservationEvent.GuestErased("ann", At), ReservationStatus.Held);

        await Assert.ThrowsAsync<AppendRefusedException>(() => Reservation(id).Get(owner));

        Assert.Equal(3, (await Reservation(id).Get("ann"))!.Version);
    }

    private async Task<(Guid Id, string Property)> Crashed(bool withHold, bool withCharge, DateTimeOffset? holdUntil = null)
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 1);
        var id = Guid.NewGuid();
        var until = holdUntil ?? At.AddMinutes(10);
        var stay = new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [12_000, 12_000, 12_000], 0, At.AddYears(1), 0);
        var requested = new ReservationEvent.Requested("ann", "hash", BookingMode.Book, Guid.NewGuid(), [stay], At, until, "tok_ok");
        await Append(id, 0, requested, ReservationStatus.Pending);
        if (withHold)
            Assert.IsType<HoldOutcome.Held>(await Inventory(property).PlaceHold(new HoldId(id, 0), ClusterFixture.Nights, 1, At.AddMinutes(10)));
        if (withCharge)
            Assert.IsType<ChargeOutcome.Captured>(await Charge(id));
        return (id, property);
    }

    private Task<ChargeOutcome> Charge(Guid id)
    {
        var services = _cluster.Silos.GetActiveSilos().First().ServiceProvider;
        return ((IPaymentProvider)services.GetService(typeof(IPaymentProvider))!).Charge(
            $"{id:N}-1", new Money(36_000, "EUR"), "tok_ok", id.ToString("D"));
    }

    private Task Append(Guid id, long version, ReservationEvent happened, string status) => _log.Append(new StreamAppend(
        $"reservation/{id:D}", version, [happened], new ReservationRow(id, "ann", status, version + 1, At, At, "{}")));

    private async Task Recover(Guid id) =>
        Assert.Equal(1, await _cluster.Grains.GetGrain<IRecoveryGrain>(id.ToByteArray(bigEndian: true)[0] % 16).Run());

    private async Task AssertConfirmed(Guid id, string property)
    {
        Assert.Equal(ReservationStatus.Confirmed, (await Reservation(id).Get("ann"))!.Status);
        Assert.Equal([("captured", 36_000)], await provider.Charges(id));
        Assert.Equal(0, (await Inventory(property).Availability(ClusterFixture.Nights))[0]);
    }

    private async Task UntilLeft(string property, int left)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await Inventory(property).Availability(ClusterFixture.Nights))[0] != left)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    private async Task UntilEvent(string stream, string type)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            await foreach (var logged in _log.Read(stream, afterVersion: 0, patience.Token))
            {
                if (logged.Type == type)
                    return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private IReservationGrain Reservation(Guid id) => _cluster.Grains.GetGrain<IReservationGrain>(id);

    private IInventoryGrain Inventory(string property) => _cluster.Grains.GetGrain<IInventoryGrain>($"{property}/STD");
}
