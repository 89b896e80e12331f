using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Whoever may travel can be named: the guest's row is kept beside the log until somebody erases it.</summary>
internal static class GuestsCheck
{
    private const string Sql = """
        SELECT asked.stream, guests.id IS NULL
        FROM reservation_events AS asked LEFT JOIN guests ON guests.id = (asked.payload::json->>'guestId')::uuid
        WHERE asked.type = 'reservation.requested.v1'
            AND NOT EXISTS (SELECT FROM reservation_events AS erased WHERE erased.stream = asked.stream AND erased.type = 'reservation.guest-erased.v1')
        """;

    public static async Task<CheckResult> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var (asked, lost) = (0, new List<string>());
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            asked++;
            if (rows.GetBoolean(1))
                lost.Add($"{rows.GetString(0)}: its guest is not known");
        }

        return CheckResult.Of("every reservation's guest is known", $"reservations: {asked}", lost);
    }
}
