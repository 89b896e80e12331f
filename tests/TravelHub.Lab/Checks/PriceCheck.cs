using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Works out by SQL what each stay costs, from the nightly prices that were frozen with the request, and compares it with what was paid.</summary>
internal static class PriceCheck
{
    // The lab's properties take no tax and no fee.
    private const string Sql = """
        SELECT asked.stream, asked.price, (paid.payload::json->'total'->>'amountMinor')::bigint
        FROM reservation_events AS paid
        JOIN (
            SELECT stream, (
                SELECT sum((SELECT sum(night::bigint) FROM json_array_elements_text(stay->'nightlyMinor') AS night) * (stay->>'rooms')::int)
                FROM json_array_elements(payload::json->'stays') AS stay)::bigint AS price
            FROM reservation_events WHERE type = 'reservation.requested.v1'
        ) AS asked USING (stream)
        WHERE paid.type = 'reservation.paid.v1'
        """;

    public static async Task<CheckResult> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var (paid, wrong) = (0, new List<string>());
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            paid++;
            if (rows.GetInt64(1) != rows.GetInt64(2))
                wrong.Add($"{rows.GetString(0)}: paid {rows.GetInt64(2)}, the price was {rows.GetInt64(1)}");
        }

        return CheckResult.Of("everybody paid the right price", $"paid: {paid}", wrong);
    }
}
