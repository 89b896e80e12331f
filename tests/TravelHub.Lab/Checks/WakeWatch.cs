using System.Data.Common;
using Npgsql;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Checks;

/// <summary>Looks, while work is pending, whether somebody is to take it up should all silos die now: what ends well all the same tells nothing of that.</summary>
internal sealed class WakeWatch(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(0.5);

    private const string Sql = """
        SELECT id, status, wake_at IS NULL FROM reservations WHERE status IN ('pending', 'held', 'declined', 'cancelling')
        """;

    private readonly HashSet<string> _unfinished = [];
    private readonly HashSet<string> _forgotten = [];
    private int _looks;

    /// <summary>Looks again and again until it is told to stop: what is under way when a load is over ends too soon to be seen.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Look(stop);
                _looks++;
            }
            catch (Exception e) when (e is DbException or TimeoutException or OperationCanceledException)
            {
                // The database is away, or this is over.
            }

            await Task.Delay(Period, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Look(CancellationToken cancellationToken)
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

    /// <summary>After <see cref="Run"/> has ended.</summary>
    public CheckResult Check()
    {
        const string Name = "whatever is unfinished is to be taken up";
        return _looks == 0
            ? CheckResult.NotMade(Name, "the database never answered")
            : CheckResult.Of(Name, $"looks: {_looks}, seen unfinished: {_unfinished.Count}", _forgotten);
    }
}
