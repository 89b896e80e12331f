using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>One activation of a reservation: the real machine; its commands, in parts between which others come.</summary>
internal sealed class SimulatedReservation : ISimulatedActivation
{
    private readonly World _world;
    private readonly SimulatedMemory _memory;
    private readonly SimulatedSteps _steps;
    private bool _isAdvancing;

    public SimulatedReservation(World world, Guid id, int silo)
    {
        (_world, Silo, _memory) = (world, silo, new SimulatedMemory(world, id));
        _steps = new SimulatedSteps(world, _memory);
    }

    public ReservationState State => _memory.State;

    public int Silo { get; }

    public bool IsBroken => _memory.IsBroken;

    private Guid Id => _memory.Id;

    public IEnumerable<int> Book()
    {
        if (State.Phase == ReservationPhase.None)
        {
            var (mode, stays) = _world.Wish(Id);
            // Not written yet: the holds may be faster.
            _memory.Remember(ReservationMachine.Request(
                new BookCommand("owner", "hash", mode, [], new Guest("", ""), mode == BookingMode.Book ? "token" : null), stays, conversion: null, Id, _world.Now, World.HoldLifetime));
        }

        return Advance();
    }

    public IEnumerable<int> Pay()
    {
        foreach (var part in Advance())
            yield return part;
        if (State.Request is null || !_memory.Write())
            yield break;
        var (why, events) = ReservationMachine.StartPayment(State, new PayCommand("owner", $"attempt {State.Attempt + 1}", "token"));
        if (why is not null || !_memory.Commit(events))
            yield break;
        foreach (var part in Advance())
            yield return part;
    }

    public IEnumerable<int> Cancel()
    {
        if (State.Request is null)
            yield break;
        if (State.Phase != ReservationPhase.Cancelling)
        {
            var (why, events) = ReservationMachine.Cancel(State, _world.Now, stay => stay.NightlyMinor.Sum());
            if (why is not null)
                yield break;
            _world.AskedToCancel.Add(Id);
            _memory.Remember(events);
            yield return 0;   // on its way to the log; who comes now knows of it already
            if (!_memory.Write())
                yield break;
            _world.ToldCancelling.Add(Id);
        }

        foreach (var part in Advance())
            yield return part;
    }

    /// <summary>An operator says what is to be paid.</summary>
    public IEnumerable<int> Resolve(Money total)
    {
        if (State.Request is null)
            yield break;
        var (why, events) = ReservationMachine.Resolve(State, total, "operator");
        if (why is not null || !_memory.Commit(events))
            yield break;
        foreach (var part in Advance())
            yield return part;
    }

    /// <returns>Null when there is no answer.</returns>
    public HoldRuling? RuleOnHold(int stay, string inventory, Nights nights, int rooms)
    {
        if (!_memory.Commit(ReservationMachine.GiveUp(State, stay)))
            return null;
        if (!_isAdvancing)
            _world.Spawn(Advance(), Silo);
        return _memory.Write() ? ReservationMachine.Rule(State, stay, inventory, nights, rooms) : null;
    }

    public IEnumerable<int> Advance()
    {
        if (_isAdvancing)
            yield break;
        _isAdvancing = true;
        while (!IsBroken && ReservationMachine.Next(State, _world.Now) is var step and not ReservationStep.Rest)
        {
            var before = State.Version;
            foreach (var part in _steps.Take(step))
                yield return part;
            if (State.Version == before)
                break;   // unknown: somebody comes again
        }

        _isAdvancing = false;
        if (!_memory.Write() && _world.Bug != SimulationBug.WordOfTheRefused)
            yield break;
        if (!IsBroken && State.Phase == ReservationPhase.Confirmed && _world.IsRough)
            _world.ToldConfirmed.Add(Id);
        _steps.TellInventory();
    }
}
