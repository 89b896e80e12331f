using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Inventory;

/// <param name="Until">When the reservation's hold ends, UTC.</param>
internal readonly record struct PendingStay(HoldId Hold, Nights Nights, int Rooms, DateTimeOffset Until);

/// <summary>
/// What unfinished reservations want of a room type, in the order in which the log took them up. All of them have to be looked at for it, so the room types
/// that come up together, as after a silo died, ask together.
/// </summary>
internal sealed class PendingStays
{
    private const int MostAtOnce = 1_000;

    // reservations_wake has the unfinished alone: this looks at what is under way, not at what ever was.
    private const string PendingSql = """
        SELECT r.id, e.type, e.payload, e.version
        FROM reservations r JOIN reservation_events e ON e.stream = 'reservation/' || r.id AND e.type = 'reservation.requested.v1'
        WHERE r.wake_at IS NOT NULL AND r.status = 'pending'
            AND EXISTS (SELECT FROM jsonb_array_elements(e.payload::jsonb -> 'stays') s WHERE s ->> 'propertyId' || '/' || (s ->> 'roomType') IN (SELECT unnest($1)))
        ORDER BY e.transaction, e.position
        """;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    private readonly NpgsqlDataSource _database;
    private readonly SharedQuestions<string, List<PendingStay>> _questions;

    public PendingStays(NpgsqlDataSource database, TimeProvider time) => (_database, _questions) = (database, new(Ask, MostAtOnce, Apart, time));

    public async Task<IReadOnlyList<PendingStay>> Of(string inventory, CancellationToken cancellationToken) =>
        await _questions.Ask(inventory).WaitAsync(cancellationToken);

    private async Task<IReadOnlyList<List<PendingStay>>> Ask(IReadOnlyList<string> inventories)
    {
        var pending = inventories.Distinct().ToDictionary(inventory => inventory, _ => new List<PendingStay>());
        await using var command = _database.CreateCommand(PendingSql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. pending.Keys], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var request = (ReservationEvent.Requested)EventTypes.Read(rows.GetString(1), rows.GetString(2));
            for (var i = 0; i < request.Stays.Length; i++)
            {
                if (request.Stays[i] is var stay && pending.TryGetValue(stay.InventoryKey(), out var stays))
                    stays.Add(new PendingStay(ReservationState.Hold(rows.GetGuid(0), rows.GetInt64(3), i), stay.Nights, stay.Rooms, request.HoldUntil));
            }
        }

        return [.. inventories.Select(inventory => pending[inventory])];
    }
}
