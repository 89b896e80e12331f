using Npgsql;

namespace TravelHub.Lab.Checks;

/// <summary>A replica lost its vote, as its group wrote it down.</summary>
/// <param name="Replica">As <c>group/number</c>.</param>
internal sealed record Quarantine(string Replica, DateTimeOffset At, string? Why);

/// <summary>What the groups wrote down of those who lost their votes: all of a run, whenever it was looked at.</summary>
internal static class Quarantines
{
    private const string Sql = "SELECT replica_group || '/' || replica, found_at, why FROM replica_findings WHERE what = 'quarantined' ORDER BY found_at";

    public static async Task<IReadOnlyList<Quarantine>> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var found = new List<Quarantine>();
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
            found.Add(new Quarantine(rows.GetString(0), rows.GetFieldValue<DateTimeOffset>(1), rows.IsDBNull(2) ? null : rows.GetString(2)));
        return found;
    }
}
