using Npgsql;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Inventory;

/// <param name="Until">When the reservation's hold ends, UTC.</param>
internal readonly record struct PendingStay(HoldId Hold, Nights Nights, int Rooms, DateTimeOffset Until);

/// <summary>What unfinished reservations want of a room type, in the order in which the log took them up.</summary>
internal sealed class PendingStays(NpgsqlDataSource database)
{
    // reservations_wake has the unfinished alone: this looks at what is under way, not at what ever was.
    private const string PendingSql = """
        SELECT r.id, e.type, e.payload, e.version
        FROM reservations r JOIN reservation_events e ON e.stream = 'reservation/' || r.id AND e.type = 'reservation.requested.v1'
        WHERE r.wake_at IS NOT NULL AND r.status = 'pending'
            AND EXISTS (SELECT FROM jsonb_array_elements(e.payload::jsonb -> 'stays') s WHERE s ->> 'propertyId' || '/' || (s ->> 'roomType') = $1)
        ORDER BY e.transaction, e.position
        """;

    public async Task<IReadOnlyList<PendingStay>> Of(string inventory, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PendingSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = inventory });
        var pending = new List<PendingStay>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var request = (ReservationEvent.Requested)EventTypes.Read(rows.GetString(1), rows.GetString(2));
            for (var i = 0; i < request.Stays.Length; i++)
            {
                if (request.Stays[i] is var stay && stay.InventoryKey() == inventory)
                    pending.Add(new PendingStay(ReservationState.Hold(rows.GetGuid(0), rows.GetInt64(3), i), stay.Nights, stay.Rooms, request.HoldUntil));
            }
        }

        return pending;
    }
}
