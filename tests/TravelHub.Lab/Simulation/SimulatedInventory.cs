using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Inventory;

namespace TravelHub.Lab.Simulation;

/// <summary>One activation of a room type: the real machine, on a simulated log.</summary>
internal sealed class SimulatedInventory : ISimulatedActivation
{
    private readonly World _world;
    private readonly string _stream;
    private readonly List<InventoryEvent> _unwritten = [];
    private InventoryState _state = new();
    private long _version;

    public SimulatedInventory(World world, string key, int silo)
    {
        (_world, Key, Silo, _stream) = (world, key, silo, StreamOf(key));
        foreach (var happened in world.Log.Read(_stream))
        {
            InventoryMachine.Apply(_state, (InventoryEvent)happened);
            _version++;
        }
    }

    public string Key { get; }

    public int Silo { get; }

    public bool IsBroken { get; private set; }

    public InventoryState State => _state;

    public static string StreamOf(string key) => $"inventory/{key}";

    /// <returns>Null when nobody knows what became of it.</returns>
    public HoldOutcome? PlaceHold(HoldId id, Nights nights, int rooms, DateTimeOffset until)
    {
        try
        {
            var (outcome, events) = InventoryMachine.PlaceHold(_state, id, nights, rooms, until);
            return Commit(events) ? outcome : null;
        }
        catch (AppendRefusedException)
        {
            return null;
        }
    }

    public void Hear(HoldId id, HoldRuling ruling)
    {
        var events = InventoryMachine.Settle(_state, id, ruling);
        if (ruling.Fate != HoldFate.Sold)
        {
            Commit(events);
            return;
        }

        // A sale needs no commit of its own: it goes with the next, and is asked about again if it is lost.
        foreach (var happened in events)
            InventoryMachine.Apply(_state, happened);
        _unwritten.AddRange(events);
    }

    /// <summary>What the alarm does: writes what waits, and gives the holds to ask about.</summary>
    public InventoryEvent.Held[] Attend(DateTimeOffset now)
    {
        InventoryMachine.Forget(_state, now);
        Commit([]);
        var due = IsBroken ? [] : InventoryMachine.Due(_state, now);
        if (_world.Bug != SimulationBug.HoldEndedByClock)
            return due;
        foreach (var hold in due)
            Commit([new InventoryEvent.Released(hold.Hold, 1)]);
        return [];
    }

    private bool Commit(IReadOnlyCollection<InventoryEvent> events)
    {
        if (IsBroken)
            return false;
        foreach (var happened in events)
            InventoryMachine.Apply(_state, happened);
        _unwritten.AddRange(events);
        IsBroken = !_world.Append(_stream, _version, [.. _unwritten]);
        _version += _unwritten.Count;
        _unwritten.Clear();
        return !IsBroken;
    }
}
