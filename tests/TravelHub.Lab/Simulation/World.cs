using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>
/// A small cluster on virtual time, out of one seed: three silos, two room types with one room each, some reservations. Work is done in small parts whose
/// order is left to chance; between two of them anything may be lost, repeated or die. The machines that decide are those of the live system.
/// </summary>
internal sealed class World
{
    public const int Silos = 3;
    public const int Rooms = 1;

    private const int Reservations = 6;
    private const int LongestRun = 4_000;

    public static readonly DateTimeOffset Start = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan HoldLifetime = TimeSpan.FromSeconds(60);
    public static readonly ImmutableArray<string> RoomTypes = ["house/A", "house/B"];

    private static readonly DateOnly FirstNight = new(2031, 1, 1);

    private readonly Random _random;
    private readonly Dictionary<string, ISimulatedActivation> _directory = [];
    private readonly List<(int Silo, IEnumerator<int> Work)> _underWay = [];
    private readonly HashSet<int> _paused = [];
    private readonly Dictionary<Guid, (BookingMode, ImmutableArray<PricedStay>)> _wishes = [];

    public World(int seed, SimulationBug bug)
    {
        (_random, Bug, Log, Provider) = (new Random(seed), bug, new SimulatedLog(bug), new SimulatedProvider(bug));
        foreach (var key in RoomTypes)
            Log.Append(SimulatedInventory.StreamOf(key), 0, [new Grains.Inventory.InventoryEvent.CapacitySet(null, Rooms, 0)]);
    }

    public SimulationBug Bug { get; }

    public SimulatedLog Log { get; }

    public SimulatedProvider Provider { get; }

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>Who was told that he has what he wanted.</summary>
    public HashSet<Guid> ToldConfirmed { get; } = [];

    /// <summary>Whose cancellation was sent, whatever came of it.</summary>
    public HashSet<Guid> AskedToCancel { get; } = [];

    /// <summary>Who was told that his cancellation is taken.</summary>
    public HashSet<Guid> ToldCancelling { get; } = [];

    public IReadOnlyList<Guid> Ids { get; private set; } = [];

    /// <summary>Whether things go wrong now.</summary>
    public bool IsRough { get; private set; } = true;

    /// <summary>Plays it, lets it come to rest, and checks.</summary>
    /// <exception cref="SimulationFailure">A promise was broken.</exception>
    public void Run()
    {
        Ids = [.. Enumerable.Range(1, Reservations).Select(n => new Guid(n, 0, 0, new byte[8]))];
        foreach (var id in Ids)
            Spawn(Customer(id));
        for (var i = 0; i < 150; i++)
            Turn();
        IsRough = false;
        _paused.Clear();
        for (var round = 0; round < 30; round++)
        {
            Now += TimeSpan.FromSeconds(10);
            foreach (var id in Ids)
                Spawn(Reservation(id).Advance(), Reservation(id).Silo);
            foreach (var key in RoomTypes)
                Spawn(Attend(key));
            for (var i = 0; _underWay.Count > 0; i++)
            {
                if (i > LongestRun)
                    throw new SimulationFailure("the work never comes to an end");
                Step();
            }
        }

        WorldChecks.Check(this);
    }

    /// <summary>Whether something of this chance happens, while it is rough.</summary>
    public bool Happens(double chance) => IsRough && _random.NextDouble() < chance;

    public int Next(int below) => _random.Next(below);

    /// <summary>Appends; what the answer says may be lost, and then it is unknown whether it is written.</summary>
    public bool Append(string stream, long expected, IReadOnlyCollection<object> events)
    {
        if (Happens(0.01))
        {
            if (_random.Next(2) == 0)
                Log.Append(stream, expected, events);
            return false;
        }

        return events.Count == 0 ? Log.IsAt(stream, expected) : Log.Append(stream, expected, events);
    }

    public SimulatedReservation Reservation(Guid id) => Activation($"reservation/{id:N}", silo => new SimulatedReservation(this, id, silo));

    public SimulatedInventory Inventory(string key) => Activation(SimulatedInventory.StreamOf(key), silo => new SimulatedInventory(this, key, silo));

    /// <summary>Begins work on a silo, with which it dies; -1 for what is outside the cluster.</summary>
    public void Spawn(IEnumerable<int> work, int silo = -1) => _underWay.Add((silo, work.GetEnumerator()));

    /// <summary>What a customer wants: the same each time that he asks under his key.</summary>
    public (BookingMode Mode, ImmutableArray<PricedStay> Stays) Wish(Guid id)
    {
        if (!_wishes.TryGetValue(id, out var wish))
        {
            wish = (_random.Next(3) == 0 ? BookingMode.Hold : BookingMode.Book, [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(_ => Stay())]);
            _wishes[id] = wish;
        }

        return wish;
    }

    private PricedStay Stay() => new(
        "house", RoomTypes[_random.Next(RoomTypes.Length)][^1..], new Nights(FirstNight.AddDays(_random.Next(2)), FirstNight.AddDays(2 + _random.Next(2))), 1, 1, "EUR",
        [10_000], TaxBasisPoints: 0, FreeUntil: Start.AddYears(1), LateRefundPercent: 0);

    private void Turn()
    {
        if (Happens(0.03))
            Crash(_random.Next(Silos));
        if (Happens(0.06))
            Pause(_random.Next(Silos));
        if (_paused.Count > 0 && _random.Next(8) == 0)
            _paused.Remove(_paused.First());
        if (_random.Next(4) == 0)
            Now += TimeSpan.FromSeconds(_random.Next(12));
        if (_random.Next(6) == 0)
            Spawn(Attend(RoomTypes[_random.Next(RoomTypes.Length)]));
        if (_random.Next(5) == 0)
        {
            var reservation = Reservation(Ids[_random.Next(Ids.Count)]);
            Spawn(reservation.Advance(), reservation.Silo);   // recovery, or a repeat of the customer's
        }

        if (_random.Next(12) == 0)
        {
            var disputed = Reservation(Ids[_random.Next(Ids.Count)]);
            Spawn(disputed.Resolve(new Money(_random.Next(2) * 5_000, "EUR")), disputed.Silo);   // refused unless it is
        }

        for (var i = _random.Next(4); i >= 0; i--)
            Step();
    }

    private void Step()
    {
        var able = _underWay.Where(work => !_paused.Contains(work.Silo)).ToList();
        if (able.Count == 0)
            return;
        var chosen = able[_random.Next(able.Count)];
        if (!chosen.Work.MoveNext())
            _underWay.Remove(chosen);
    }

    private void Crash(int silo)
    {
        _underWay.RemoveAll(work => work.Silo == silo);
        _paused.Remove(silo);
        Forget(silo);
    }

    // The others take it for dead and place its grains anew; it knows nothing of that, and goes on one day.
    private void Pause(int silo)
    {
        _paused.Add(silo);
        Forget(silo);
    }

    private void Forget(int silo)
    {
        foreach (var name in _directory.Where(one => one.Value.Silo == silo).Select(one => one.Key).ToList())
            _directory.Remove(name);
    }

    private T Activation<T>(string name, Func<int, T> create) where T : ISimulatedActivation
    {
        if (_directory.TryGetValue(name, out var known) && !known.IsBroken)
            return (T)known;
        var silo = Enumerable.Range(0, Silos).Where(s => !_paused.Contains(s)).DefaultIfEmpty(0).ToArray() is var up ? up[_random.Next(up.Length)] : 0;
        var created = create(silo);
        _directory[name] = created;
        return created;
    }

    private IEnumerable<int> Customer(Guid id)
    {
        for (var wait = _random.Next(20); wait > 0; wait--)
            yield return 0;
        var reservation = Reservation(id);
        Spawn(reservation.Book(), reservation.Silo);
        for (var deed = _random.Next(5); deed > 0; deed--)
        {
            for (var wait = _random.Next(25); wait > 0; wait--)
                yield return 0;
            var again = Reservation(id);
            Spawn(_random.Next(4) == 0 ? again.Cancel() : _random.Next(2) == 0 ? again.Pay() : again.Book(), again.Silo);
        }
    }

    private IEnumerable<int> Attend(string key)
    {
        var inventory = Inventory(key);
        foreach (var hold in inventory.Attend(Now))
            Spawn(Ask(inventory, hold), inventory.Silo);
        yield break;
    }

    private IEnumerable<int> Ask(SimulatedInventory inventory, Grains.Inventory.InventoryEvent.Held hold)
    {
        yield return 0;
        if (Happens(0.1))
            yield break;
        var ruling = Reservation(hold.Hold.Reservation).RuleOnHold(hold.Hold.Stay, inventory.Key, hold.Nights, hold.Rooms);
        yield return 0;
        if (ruling is { } word && !Happens(0.1))
            inventory.Hear(hold.Hold, word);
    }
}
