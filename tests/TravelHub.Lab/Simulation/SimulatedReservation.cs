using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>One activation of a reservation: the real machine; its steps, in parts between which others come, on a simulated log.</summary>
internal sealed class SimulatedReservation : ISimulatedActivation
{
    private const string Currency = "EUR";

    private readonly World _world;
    private readonly string _stream;
    private readonly List<ReservationEvent> _unwritten = [];
    private long _version;
    private bool _isAdvancing;
    private int _tries;

    public SimulatedReservation(World world, Guid id, int silo)
    {
        (_world, Silo, _stream) = (world, silo, StreamOf(id));
        State = new ReservationState(id);
        foreach (var happened in world.Log.Read(_stream))
            State = ReservationHistory.Evolve(State, (ReservationEvent)happened);
        _version = State.Version;
    }

    public ReservationState State { get; private set; }

    public int Silo { get; }

    public bool IsBroken { get; private set; }

    private Guid Id => State.Id;

    public static string StreamOf(Guid id) => $"reservation/{id:N}";

    public IEnumerable<int> Book()
    {
        if (State.Phase == ReservationPhase.None)
        {
            var (mode, stays) = _world.Wish(Id);
            // Not written yet: the holds may be faster.
            Remember(ReservationMachine.Request(
                new BookCommand("owner", "hash", mode, [], new Guest("", ""), mode == BookingMode.Book ? "token" : null), stays, conversion: null, Id, _world.Now, World.HoldLifetime));
        }

        return Advance();
    }

    public IEnumerable<int> Pay()
    {
        foreach (var part in Advance())
            yield return part;
        if (State.Request is null || !Write())
            yield break;
        var (why, events) = ReservationMachine.StartPayment(State, new PayCommand("owner", $"attempt {State.Attempt + 1}", "token"));
        if (why is not null || !Commit(events))
            yield break;
        foreach (var part in Advance())
            yield return part;
    }

    public IEnumerable<int> Cancel()
    {
        if (State.Request is null)
            yield break;
        var (why, events) = ReservationMachine.Cancel(State, _world.Now, stay => stay.NightlyMinor.Sum());
        _world.ToldConfirmed.Remove(Id);   // whatever comes of it, it is his own wish
        if (why is null && Commit(events))
        {
            foreach (var part in Advance())
                yield return part;
        }
    }

    /// <returns>Null when there is no answer.</returns>
    public HoldRuling? RuleOnHold(int stay, string inventory, Nights nights, int rooms)
    {
        if (State.Phase == ReservationPhase.None && !Commit([new ReservationEvent.Abandoned()]))
            return null;
        if (!_isAdvancing)
            _world.Spawn(Advance(), Silo);
        return Write() ? ReservationMachine.Rule(State, stay, inventory, nights, rooms) : null;
    }

    public IEnumerable<int> Advance()
    {
        if (_isAdvancing)
            yield break;
        _isAdvancing = true;
        while (!IsBroken && ReservationMachine.Next(State, _world.Now) is var step and not ReservationStep.Rest)
        {
            var before = State.Version;
            foreach (var part in Take(step))
                yield return part;
            if (State.Version == before)
                break;   // unknown: somebody comes again
        }

        _isAdvancing = false;
        if (!Write())
            yield break;
        if (State.Phase == ReservationPhase.Confirmed && _world.IsRough)
            _world.ToldConfirmed.Add(Id);
        TellInventory();
    }

    private IEnumerable<int> Take(ReservationStep step) => step switch
    {
        ReservationStep.SecureRooms => SecureRooms(),
        ReservationStep.Charge => Charge(),
        ReservationStep.Void => Void(),
        ReservationStep.ConfirmPaid => ConfirmPaid(),
        ReservationStep.Refund => Refund(),
        ReservationStep.FinishCancellation => Simply(new ReservationEvent.Cancelled()),
        _ => Simply(new ReservationEvent.Lapsed()),
    };

    private IEnumerable<int> SecureRooms()
    {
        var placed = new List<HoldOutcome?>();
        foreach (var part in Hold(placed))
            yield return part;
        if (!Write() || placed.Contains(null))
            yield break;
        yield return 0;
        var first = placed.FindIndex(outcome => outcome is HoldOutcome.SoldOut);
        if (first < 0 && _world.Happens(0.03))
        {
            Commit(State is { Phase: ReservationPhase.Pending, IsDisputed: true } ? [] : ReservationMachine.VoteFailed(State));
            yield break;
        }

        if (first >= 0 && ReservationMachine.MayBeCharged(State) && _world.Bug != SimulationBug.UnvoidedSoldOut)
        {
            var chargeId = ChargeId();
            if (_world.Provider.Void(chargeId, Id, Currency) is VoidOutcome.Captured(var amount))
            {
                Commit(ReservationMachine.Voided(State, amount, chargeId));
                yield break;
            }

            yield return 0;
        }

        var events = ReservationMachine.RoomsSecured(State, first < 0 ? null : (first, (HoldOutcome.SoldOut)placed[first]!), Total());
        if (events.Length > 0)
        {
            Commit(events);
            yield break;
        }

        foreach (var part in Charge())
            yield return part;
    }

    private IEnumerable<int> Charge()
    {
        if (!ReservationMachine.CanCharge(State) || !Write())
            yield break;
        var (chargeId, total, attempt) = (ChargeId(), Total(), State.Attempt);
        var isDeclined = (Id.GetHashCode() + attempt) % 4 == 0;
        yield return 0;
        if (_world.Happens(0.15))
        {
            // It is on its way, or lost: whoever asked does not know.
            if (_world.Next(3) > 0)
                _world.Spawn(ArriveLate(chargeId, total, isDeclined));
            yield break;
        }

        var outcome = _world.Provider.Charge(chargeId, Id, total, isDeclined);
        yield return 0;
        if (!_world.Happens(0.1))
            Commit(ReservationMachine.Charged(State, outcome, chargeId, total, agreeingVotes: 3));
    }

    private IEnumerable<int> ArriveLate(string chargeId, Money total, bool isDeclined)
    {
        for (var wait = _world.Next(30); wait > 0; wait--)
            yield return 0;
        _world.Provider.Charge(chargeId, Id, total, isDeclined);
    }

    private IEnumerable<int> Void()
    {
        var chargeId = ChargeId();
        if (!Write())
            yield break;
        yield return 0;
        var captured = _world.Provider.Void(chargeId, Id, Currency) is VoidOutcome.Captured(var amount) ? amount : (Money?)null;
        yield return 0;
        if (!_world.Happens(0.1))
            Commit(ReservationMachine.Voided(State, captured, chargeId));
    }

    private IEnumerable<int> ConfirmPaid()
    {
        var placed = new List<HoldOutcome?>();
        foreach (var part in Hold(placed))
            yield return part;
        if (!placed.Contains(null) && State is { Phase: ReservationPhase.Pending })
            Commit(ReservationMachine.ConfirmPaid(State, areRoomsHeld: placed.TrueForAll(outcome => outcome is HoldOutcome.Held)));
    }

    private IEnumerable<int> Refund()
    {
        if (!Write())
            yield break;
        var amount = State.Payment!.Amount with { AmountMinor = State.RefundMinor };
        var refundId = _world.Bug == SimulationBug.NewRefundId ? $"{Id:N}-refund-{_world.Now.Ticks}-{_tries++}" : $"{Id:N}-refund";
        yield return 0;
        _world.Provider.Refund(refundId, State.Payment.ChargeId!, amount);
        yield return 0;
        if (!_world.Happens(0.1))
            Commit([new ReservationEvent.Refunded(refundId, amount)]);
    }

    private IEnumerable<int> Simply(ReservationEvent happened)
    {
        yield return 0;
        if (ReservationMachine.Next(State, _world.Now) is ReservationStep.FinishCancellation or ReservationStep.Lapse)
            Commit([happened]);
    }

    private IEnumerable<int> Hold(List<HoldOutcome?> placed)
    {
        var request = State.Request!;
        for (var i = 0; i < request.Stays.Length; i++)
        {
            yield return 0;
            var stay = request.Stays[i];
            var outcome = _world.Happens(0.05) ? null : _world.Inventory(stay.InventoryKey()).PlaceHold(new HoldId(Id, i), stay.Nights, stay.Rooms, request.HoldUntil);
            placed.Add(_world.Happens(0.05) ? null : outcome);
        }
    }

    private void TellInventory()
    {
        var ruling = ReservationMachine.Rule(State);
        if (ruling.Fate == HoldFate.Keep || State.Request is not { } request)
            return;
        for (var stay = 0; stay < request.Stays.Length; stay++)
        {
            if (!_world.Happens(0.2))
                _world.Spawn(Tell(request.Stays[stay].InventoryKey(), new HoldId(Id, stay), ruling));
        }
    }

    private IEnumerable<int> Tell(string key, HoldId hold, HoldRuling ruling)
    {
        for (var wait = _world.Next(6); wait > 0; wait--)
            yield return 0;
        _world.Inventory(key).Hear(hold, ruling);
    }

    private void Remember(IEnumerable<ReservationEvent> events)
    {
        foreach (var happened in events)
        {
            State = ReservationHistory.Evolve(State, happened);
            _unwritten.Add(happened);
        }
    }

    private bool Commit(IEnumerable<ReservationEvent> events)
    {
        if (IsBroken)
            return false;
        Remember(events);
        if (_world.Bug == SimulationBug.AnswerFirst && State.Phase == ReservationPhase.Confirmed && _world.IsRough)
            _world.ToldConfirmed.Add(Id);
        return Write();
    }

    // Nothing to write is a question too: whether this memory is still the newest.
    private bool Write()
    {
        if (IsBroken)
            return false;
        IsBroken = !_world.Append(_stream, _version, [.. _unwritten]);
        _version += _unwritten.Count;
        _unwritten.Clear();
        return !IsBroken;
    }

    private Money Total() => new(State.Request!.Stays.Sum(stay => stay.NightlyMinor.Sum() * stay.Rooms), Currency);

    private string ChargeId() => _world.Bug == SimulationBug.NewChargeId ? $"{Id:N}-{State.Attempt}-{_world.Now.Ticks}-{_tries++}" : $"{Id:N}-{State.Attempt}";
}
