using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Intake;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Intake;

/// <summary>What waits is brought to reservations that answer as each test says.</summary>
public sealed class DeliveryTests : IAsyncLifetime
{
    private static readonly Refusal Busy = new("payment-under-way", "Another payment is under way.");

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<(Guid Reservation, string Command)> _asked = new();
    private readonly IntakeOptions _options;
    private readonly KeptRequests _intake;
    private readonly Delivery _delivery;
    private Func<Guid, string, ReservationOutcome> _answer = (_, _) => new ReservationOutcome.NotFound();

    public DeliveryTests()
    {
        _options = new IntakeOptions { Folder = _folder.Path, DeliverEvery = TimeSpan.FromMilliseconds(10), Deliverers = 4, AwaitBookingFor = TimeSpan.Zero };
        var options = Options.Create(_options);
        _intake = new KeptRequests(new IntakeFile(options), new IntakeSeal(options), options, TimeProvider.System);
        var gate = new ClusterGate();
        gate.Open();
        var pipelines = new DependencyPipelines(Options.Create(new BreakerOptions { FailuresToOpen = 1_000 }), Options.Create(new CallOptions()), TimeProvider.System);
        _delivery = new Delivery(_intake, new ClusterCalls(StubGrains.Of(Ask), gate, pipelines), options, TimeProvider.System, NullLogger<Delivery>.Instance);
    }

    public async ValueTask InitializeAsync() => await _intake.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _delivery.StopAsync(CancellationToken.None);
        _delivery.Dispose();
        _intake.Dispose();
        _folder.Dispose();
    }

    /// <summary>One that always ends in an error stays, is tried ever more rarely, and nobody waits for it.</summary>
    [Fact]
    public async Task Execute_OneIsBad_HoldsNobodyElseUp()
    {
        var bad = Guid.NewGuid();
        _options.Deliverers = 1;   // or another one would do its work
        _answer = (reservation, _) => reservation == bad ? throw new InvalidOperationException("a bug") : new ReservationOutcome.NotFound();
        await Keep(bad);
        for (var others = 0; others < 30; others++)
            await Keep(Guid.NewGuid());

        await _delivery.StartAsync(TestContext.Current.CancellationToken);

        await Until(() => _intake.Waiting.Count == 1);
        var later = Guid.NewGuid();
        await Keep(later);
        await Until(() => !_intake.Waits(later));
        Assert.True(_intake.Waits(bad));
    }

    /// <summary>Its owner hears of it in the end; 20, 40, 80 ms and so on lie between the tries.</summary>
    [Fact]
    public async Task Execute_ErrorNeverEnds_IsRefusedInTheEnd()
    {
        _options.GiveUpAfter = TimeSpan.FromSeconds(1);
        _answer = (_, _) => throw new InvalidOperationException("a bug");
        var bad = Guid.NewGuid();
        await Keep(bad);

        await _delivery.StartAsync(TestContext.Current.CancellationToken);

        await Until(() => !_intake.Waits(bad));
        Assert.Equal("undeliverable", _intake.Of(bad).Single().Refusal!.Code);
        Assert.Equal(7, _asked.Count);   // after the sixth the pauses come to more than a second
    }

    /// <summary>What was accepted is not lost by an error that passes.</summary>
    [Fact]
    public async Task Execute_ErrorPasses_IsDelivered()
    {
        var reservation = Guid.NewGuid();
        _answer = (_, _) => _asked.Count < 4 ? throw new InvalidOperationException("a bug") : new ReservationOutcome.NotFound();
        await Keep(reservation);

        await _delivery.StartAsync(TestContext.Current.CancellationToken);

        await Until(() => !_intake.Waits(reservation));
        Assert.Equal("not-found", _intake.Of(reservation).Single().Refusal!.Code);
    }

    /// <summary>A payment waits for the one before it, unless its owner has taken the booking back.</summary>
    [Fact]
    public async Task Deliver_PaymentCannotBegin_WaitsUnlessACancellationIsBehindIt()
    {
        var reservation = Guid.NewGuid();
        _answer = (_, command) => command == nameof(IReservationGrain.Pay) ? new ReservationOutcome.Refused(Busy) : new ReservationOutcome.NotFound();
        var now = TimeProvider.System.GetUtcNow();
        await _intake.Keep(KeptRequest.Of(reservation, new PayCommand("ann", "key 1", "tok_ok"), now));

        Assert.True(await _delivery.Deliver(reservation));
        Assert.Single(_intake.Of(reservation), r => r.IsWaiting);

        await Keep(reservation);
        Assert.True(await _delivery.Deliver(reservation));
        Assert.Equal(["payment-under-way", "not-found"], _intake.Of(reservation).Select(r => r.Refusal?.Code ?? ""));
        Assert.Equal([nameof(IReservationGrain.Pay), nameof(IReservationGrain.Pay), nameof(IReservationGrain.Cancel)], _asked.Select(asked => asked.Command));
    }

    /// <summary>Another gateway may keep the booking, and bring it a moment later; what was refused here, nobody will bring.</summary>
    [Fact]
    public async Task Deliver_CancellationOfWhatNobodyKnows_WaitsForItsBooking()
    {
        _options.AwaitBookingFor = TimeSpan.FromMinutes(1);
        var reservation = Guid.NewGuid();
        await Keep(reservation);
        Assert.True(await _delivery.Deliver(reservation));
        Assert.True(_intake.Waits(reservation));

        _answer = (_, _) => new ReservationOutcome.Done(null!, Replayed: false);
        await _delivery.StartAsync(TestContext.Current.CancellationToken);
        await Until(() => !_intake.Knows(reservation));

        var refused = Guid.NewGuid();
        _answer = (_, command) => command == nameof(IReservationGrain.Book) ? new ReservationOutcome.Refused(new Refusal("price-changed", "It costs more.")) : new ReservationOutcome.NotFound();
        var now = TimeProvider.System.GetUtcNow();
        await _intake.Keep(KeptRequest.Of(refused, new BookCommand("ann", "hash", BookingMode.Hold, [], new Guest("Ann", "ann@example.com"), null, AskedAt: now), now));
        await Keep(refused);
        await Until(() => !_intake.Waits(refused));
        Assert.Equal(["price-changed", "not-found"], _intake.Of(refused).Select(r => r.Refusal?.Code ?? ""));
    }

    /// <summary>Whoever knows an id could else have its owner's requests wait for as long as he likes.</summary>
    [Fact]
    public async Task Deliver_AStrangersRequestWaits_HoldsUpNobodyElses()
    {
        _options.AwaitBookingFor = TimeSpan.FromMinutes(1);
        var reservation = Guid.NewGuid();
        _answer = (_, command) => command == nameof(IReservationGrain.Cancel) ? new ReservationOutcome.NotFound() : new ReservationOutcome.Done(null!, Replayed: false);
        var now = TimeProvider.System.GetUtcNow();
        await _intake.Keep(KeptRequest.Of(reservation, new CancelCommand("bob", null), now));
        await _intake.Keep(KeptRequest.Of(reservation, new PayCommand("ann", "key 1", "tok_ok"), now));

        Assert.True(await _delivery.Deliver(reservation));

        Assert.Equal("bob", Assert.Single(_intake.Of(reservation)).Owner);
    }

    private Task Keep(Guid reservation) => _intake.Keep(KeptRequest.Of(reservation, new CancelCommand("ann", null), TimeProvider.System.GetUtcNow()));

    private ReservationOutcome Ask(Guid reservation, string command)
    {
        _asked.Enqueue((reservation, command));
        return _answer(reservation, command);
    }

    private static async Task Until(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    /// <summary>Reservations alone, by their keys.</summary>
    public class StubGrains : DispatchProxy
    {
        private Func<Guid, string, ReservationOutcome> _ask = null!;

        internal static IGrainFactory Of(Func<Guid, string, ReservationOutcome> ask)
        {
            var grains = Create<IGrainFactory, StubGrains>();
            ((StubGrains)(object)grains)._ask = ask;
            return grains;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => StubReservation.Of((Guid)args![0]!, _ask);
    }

    /// <summary>One reservation.</summary>
    public class StubReservation : DispatchProxy
    {
        private Guid _id;
        private Func<Guid, string, ReservationOutcome> _ask = null!;

        internal static IReservationGrain Of(Guid id, Func<Guid, string, ReservationOutcome> ask)
        {
            var reservation = Create<IReservationGrain, StubReservation>();
            (((StubReservation)(object)reservation)._id, ((StubReservation)(object)reservation)._ask) = (id, ask);
            return reservation;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            try
            {
                return Task.FromResult(_ask(_id, targetMethod!.Name));
            }
            catch (Exception e)
            {
                return Task.FromException<ReservationOutcome>(e);
            }
        }
    }
}
