using Npgsql;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Guests;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Guests;

/// <summary>Erases a guest's row beside the log, then has his reservation say so. The row itself stays: by it a repeat finds the reservation.</summary>
internal sealed class GuestGrain(NpgsqlDataSource database, TimeProvider time) : Grain, IGuestGrain
{
    private const string EraseSql = """
        UPDATE guests SET name = '', email = '', erased_at = coalesce(erased_at, $2) WHERE id = $1 RETURNING reservation
        """;

    public async Task<Guid?> Erase(string by)
    {
        if (await EraseRow() is not { } reservation)
            return null;
        await GrainFactory.GetGrain<IReservationGrain>(reservation).NoteGuestErased(by);
        return reservation;
    }

    private async Task<Guid?> EraseRow()
    {
        try
        {
            await using var command = database.CreateCommand(EraseSql);
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = this.GetPrimaryKey() });
            command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = time.GetUtcNow() });
            return await command.ExecuteScalarAsync() as Guid?;
        }
        catch (NpgsqlException)
        {
            throw new LogUnavailableException();
        }
    }
}
