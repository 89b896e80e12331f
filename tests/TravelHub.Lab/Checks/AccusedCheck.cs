using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Where all replicas are honest, none may lose its vote, whatever dies around it.</summary>
internal static class AccusedCheck
{
    private const string SeenSql = """
        SELECT count(*), count(*) FILTER (WHERE amount_minor IS NULL),
            count(*) FILTER (WHERE seen && ARRAY['WrongValue', 'Malformed', 'Equivocation']),
            count(*) FILTER (WHERE seen && ARRAY['Omission', 'Late']), count(*) FILTER (WHERE 'Absent' = ANY (seen))
        FROM vote_records
        """;

    /// <summary>Where some have lied all along they have lost their votes, and nobody else has.</summary>
    /// <param name="liars">As <c>group/number</c>.</param>
    public static async Task<CheckResult> OfLiars(NpgsqlDataSource database, IReadOnlyList<string> liars, CancellationToken cancellationToken)
    {
        var accused = (await Quarantines.Of(database, cancellationToken)).Select(one => one.Replica).Distinct().ToList();
        return CheckResult.Of(
            "every liar has lost its vote, and nobody else", $"liars: {liars.Count}, accused: {accused.Count}",
            [.. liars.Except(accused).Select(liar => $"{liar} lied, and kept its vote"), .. accused.Except(liars).Select(honest => $"{honest} lost its vote, and never lied")]);
    }

    /// <summary>Where some lie, whoever does not keeps its vote.</summary>
    /// <param name="liars">As <c>group/number</c>.</param>
    public static async Task<CheckResult> OfOthers(NpgsqlDataSource database, IReadOnlyList<string> liars, CancellationToken cancellationToken)
    {
        var accused = (await Quarantines.Of(database, cancellationToken)).Where(one => !liars.Contains(one.Replica)).ToList();
        return CheckResult.Of(
            "no honest replica was accused", $"liars: {liars.Count}", [.. accused.Select(one => $"{one.Replica} lost its vote at {one.At:O}, and never lied: {one.Why}")]);
    }

    public static async Task<CheckResult> Of(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var accused = (await Quarantines.Of(database, cancellationToken)).Select(one => $"{one.Replica} was quarantined at {one.At:O}: {one.Why}").ToList();
        await using var seen = database.CreateCommand(SeenSql);
        await using var votes = await seen.ExecuteReaderAsync(cancellationToken);
        await votes.ReadAsync(cancellationToken);
        return CheckResult.Of(
            "no honest replica was accused",
            $"votes: {votes.GetInt64(0)}, undecided: {votes.GetInt64(1)}, with a wrong answer: {votes.GetInt64(2)}, a late or missing one: {votes.GetInt64(3)}, an absent replica: {votes.GetInt64(4)}",
            [.. accused, .. votes.GetInt64(2) > 0 ? [$"{votes.GetInt64(2)} votes in which an honest replica seemed to be wrong"] : Array.Empty<string>()]);
    }
}
