using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Nothing is charged that fewer than three replicas have found.</summary>
internal static class VotesCheck
{
    // Nobody votes where a void finds a charge, nor where an operator has ruled.
    private const string Sql = """
        SELECT stream, (payload::json->>'agreeingVotes')::int FROM reservation_events WHERE type = 'reservation.paid.v1'
        """;

    public static async Task<CheckResult> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var (paid, few) = (0, new List<string>());
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            paid++;
            if (rows.GetInt32(1) is 1 or 2)
                few.Add($"{rows.GetString(0)}: paid when {rows.GetInt32(1)} replicas agreed");
        }

        return CheckResult.Of("three replicas had found what was charged", $"paid: {paid}", few);
    }
}
