using Npgsql;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Logs;

/// <summary>Reads the whole log, stream by stream, and makes of it what the grains would.</summary>
internal sealed class LogReplay
{
    private const string Sql = "SELECT stream, version, type, payload FROM reservation_events ORDER BY stream, version";
    private const string InventoryPrefix = "inventory/";

    private readonly Dictionary<Guid, ReplayedReservation> _reservations = [];
    private readonly List<ReplayedHold> _holds = [];
    private readonly Dictionary<string, Func<DateOnly, int>> _left = [];
    private readonly Dictionary<string, long> _versions = [];
    private readonly List<string> _broken = [];

    public static async Task<ReplayedLog> Read(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var replay = new LogReplay();
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var stream = "";
        var events = new List<(string Type, object Event)>();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetString(0) != stream)
            {
                replay.Add(stream, events);
                stream = rows.GetString(0);
                events.Clear();
            }

            var type = rows.GetString(2);
            events.Add((string.Intern(type), EventTypes.Read(type, rows.GetString(3))));
        }

        replay.Add(stream, events);
        return new ReplayedLog(replay._reservations, replay._holds, replay._left, replay._versions, replay._broken);
    }

    private void Add(string stream, List<(string Type, object Event)> events)
    {
        if (events.Count == 0)
            return;
        _versions[stream] = events.Count;
        try
        {
            if (stream.StartsWith(InventoryPrefix, StringComparison.Ordinal))
                AddInventory(stream, events.ConvertAll(e => (InventoryEvent)e.Event));
            else
                AddReservation(ReservationStreams.Id(stream), events);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            _broken.Add($"{stream}: {e.Message}");
        }
    }

    private void AddInventory(string stream, List<InventoryEvent> events)
    {
        // What became of each hold is taken from the events as they stand, also when the machine does not follow them.
        var fates = new Dictionary<HoldId, string>();
        foreach (var happened in events)
        {
            if (happened is InventoryEvent.Held held)
                fates[held.Hold] = "held";
            else if (happened is InventoryEvent.Sold sold)
                fates[sold.Hold] = "sold";
            else if (happened is InventoryEvent.Released released)
                fates[released.Hold] = "released";
        }

        var terms = events.OfType<InventoryEvent.Held>().GroupBy(held => held.Hold).ToDictionary(hold => hold.Key, hold => Terms(hold.Last().Rooms, hold.Last().Nights));
        var placed = events.OfType<InventoryEvent.Held>().CountBy(held => held.Hold).ToDictionary();
        _holds.AddRange(fates.Select(fate =>
            new ReplayedHold(stream, fate.Key.Reservation, fate.Key.Stay, fate.Value, placed.GetValueOrDefault(fate.Key), terms.GetValueOrDefault(fate.Key, "never placed"))));
        var state = new InventoryState();
        foreach (var happened in events)
            InventoryMachine.Apply(state, happened);
        _left[stream] = state.LeftOn;
    }

    private void AddReservation(Guid id, List<(string Type, object Event)> events)
    {
        var state = new ReservationState(id);
        foreach (var (_, happened) in events)
            state = ReservationHistory.Evolve(state, (ReservationEvent)happened);
        _reservations.Add(id, new ReplayedReservation(
            id, state.Request is null ? ReplayedReservation.Abandoned : ReservationMachine.StatusOf(state), state.Version, state.Total?.AmountMinor, state.Request is not null,
            [.. events.Select(e => e.Type)],
            [.. events.Select(e => e.Event).OfType<ReservationEvent.Paid>().Select(paid => paid.Total.AmountMinor)],
            [.. events.Select(e => e.Event).OfType<ReservationEvent.Refunded>().Select(refunded => refunded.Amount.AmountMinor)],
            [.. (state.Request?.Stays ?? []).Select(stay => InventoryPrefix + stay.InventoryKey())],
            [.. (state.Request?.Stays ?? []).Select(stay => Terms(stay.Rooms, stay.Nights))], FirstHold: state.Hold(0).Stay));
    }

    private static string Terms(int rooms, Nights nights) => $"{rooms} from {nights.CheckIn:O} to {nights.CheckOut:O}";
}
