using Npgsql;
using TravelHub.Client.Replay.Audit;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Checks;

/// <summary>
/// Whoever was refused rooms was refused rightly: at some moment between his request and his refusal they were lacking. All that an inventory had
/// decided before its no was written before it, and what it decided afterwards was written after the request.
/// </summary>
internal static class SoldOutCheck
{
    private const string InventorySql = "SELECT stream, type, payload, recorded_at FROM reservation_events WHERE starts_with(stream, 'inventory/') ORDER BY stream, version";

    private const string RefusedSql = """
        SELECT no.stream, no.type, no.payload, no.recorded_at, asked.type, asked.payload
        FROM reservation_events AS no JOIN reservation_events AS asked ON asked.stream = no.stream AND asked.type = 'reservation.requested.v1'
        WHERE no.type = 'reservation.sold-out.v1'
        """;

    public static async Task<CheckResult> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var refused = await Refused(database, cancellationToken);
        var inventories = await Inventories(database, cancellationToken);
        return CheckResult.Of(
            "who was told that rooms are sold out was told the truth", $"refused: {refused.Count}",
            refused.Where(no => !WasLacking(no, inventories.GetValueOrDefault($"inventory/{no.Stay.InventoryKey()}", [])))
                .Select(no => $"{no.Stream}: {no.Stay.Rooms} of {no.Stay.InventoryKey()} were there on {no.Night:O} all the time"));
    }

    private static bool WasLacking(Refusal no, IReadOnlyList<(InventoryEvent Event, DateTimeOffset At)> events)
    {
        var state = new InventoryState();
        var wasLacking = false;
        for (var i = 0; i < events.Count && events[i].At <= no.Until && !wasLacking; i++)
        {
            try
            {
                InventoryMachine.Apply(state, events[i].Event);
            }
            catch (InvalidOperationException)
            {
                return true;   // another check says what is wrong with this stream
            }

            var isThereStill = i + 1 == events.Count || events[i + 1].At >= no.From;
            wasLacking = isThereStill && state.LeftOn(no.Night) < no.Stay.Rooms;
        }

        return wasLacking;
    }

    private static async Task<List<Refusal>> Refused(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var refused = new List<Refusal>();
        await using var command = database.CreateCommand(RefusedSql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var no = (ReservationEvent.SoldOut)EventTypes.Read(rows.GetString(1), rows.GetString(2));
            if (EventTypes.Read(rows.GetString(4), rows.GetString(5)) is ReservationEvent.Requested asked)
                refused.Add(new Refusal(rows.GetString(0), asked.Stays[no.Stay], no.Night, asked.At, rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return refused;
    }

    private static async Task<Dictionary<string, List<(InventoryEvent Event, DateTimeOffset At)>>> Inventories(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var inventories = new Dictionary<string, List<(InventoryEvent Event, DateTimeOffset At)>>();
        await using var command = database.CreateCommand(InventorySql);
        command.CommandTimeout = 0;
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var stream = rows.GetString(0);
            if (!inventories.TryGetValue(stream, out var events))
                inventories[stream] = events = [];
            events.Add(((InventoryEvent)EventTypes.Read(rows.GetString(1), rows.GetString(2)), rows.GetFieldValue<DateTimeOffset>(3)));
        }

        return inventories;
    }

    /// <param name="From">When the rooms were asked for.</param>
    /// <param name="Until">When the refusal was written.</param>
    private sealed record Refusal(string Stream, PricedStay Stay, DateOnly Night, DateTimeOffset From, DateTimeOffset Until);
}
