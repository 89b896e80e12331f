using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Looks, while work is pending, whether somebody is to take it up should all silos die now: what ends well all the same tells nothing of that.</summary>
internal sealed class WakeWatch(NpgsqlDataSource database)
{
    private const string Sql = """
        SELECT id, status, wake_at IS NULL FROM reservations WHERE status IN ('pending', 'held', 'declined', 'cancelling')
        """;

    private readonly HashSet<string> _unfinished = [];
    private readonly HashSet<string> _forgotten = [];

    public async Task Look(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var name = $"reservation {rows.GetGuid(0)} is {rows.GetString(1)}";
            _unfinished.Add(name);
            if (rows.GetBoolean(2))
                _forgotten.Add($"{name}, and recovery will never look at it");
        }
    }

    public CheckResult Check() => CheckResult.Of("whatever is unfinished is to be taken up", $"seen unfinished: {_unfinished.Count}", _forgotten);
}
