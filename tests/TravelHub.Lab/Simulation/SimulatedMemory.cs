using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>What one activation of a reservation remembers, and its appends to the simulated log.</summary>
internal sealed class SimulatedMemory
{
    private readonly World _world;
    private readonly string _stream;
    private readonly List<ReservationEvent> _unwritten = [];
    private long _version;

    public SimulatedMemory(World world, Guid id)
    {
        (_world, _stream) = (world, StreamOf(id));
        State = new ReservationState(id);
        foreach (var happened in world.Log.Read(_stream))
            State = ReservationHistory.Evolve(State, (ReservationEvent)happened);
        _version = State.Version;
    }

    public ReservationState State { get; private set; }

    public bool IsBroken { get; private set; }

    public Guid Id => State.Id;

    public static string StreamOf(Guid id) => $"reservation/{id:N}";

    /// <summary>Takes events into memory that are not written yet.</summary>
    public void Remember(IEnumerable<ReservationEvent> events)
    {
        foreach (var happened in events)
        {
            State = ReservationHistory.Evolve(State, happened);
            _unwritten.Add(happened);
        }
    }

    /// <returns>Whether they are in the log.</returns>
    public bool Commit(IEnumerable<ReservationEvent> events)
    {
        if (IsBroken)
            return false;
        Remember(events);
        if (_world.Bug == SimulationBug.AnswerFirst && State.Phase == ReservationPhase.Confirmed && _world.IsRough)
            _world.ToldConfirmed.Add(Id);
        return Write();
    }

    /// <summary>Writes what is remembered. Nothing to write is a question too: whether this memory is still the newest.</summary>
    public bool Write()
    {
        if (IsBroken)
            return false;
        IsBroken = !_world.Append(_stream, _version, [.. _unwritten]);
        _version += _unwritten.Count;
        _unwritten.Clear();
        return !IsBroken;
    }
}
