using Npgsql;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>
/// Plays all rows of the crash table at once: their silos die, some a second time, and then one silo finishes the work of all. A row whose silo
/// reads the log of all has a database of its own: two of them would pass on each other's decisions, and neither would come to its failpoint.
/// </summary>
public sealed class CrashFixture(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private const int SilosAtOnce = 5;

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _slots = new(SilosAtOnce);
    private readonly CancellationTokenSource _tooLong = new(TimeSpan.FromMinutes(9));
    private readonly Dictionary<string, TaskCompletionSource<CrashOutcome>> _outcomes = CrashTable.Rows.ToDictionary(
        row => row.Name, _ => new TaskCompletionSource<CrashOutcome>());

    public async ValueTask InitializeAsync()
    {
        var cases = CrashTable.Rows.Select(CrashCase.Of).ToArray();
        await Task.WhenAll(cases.GroupBy(c => c.Row.Resyncs ? c.Row.Name : "").Select(group => Play([.. group])));
    }

    public ValueTask DisposeAsync()
    {
        _slots.Dispose();
        _tooLong.Dispose();
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What came of a row; throws what went wrong while it was played.</summary>
    internal Task<CrashOutcome> Outcome(string row) => _outcomes[row].Task;

    private async Task Play(CrashCase[] group)
    {
        try
        {
            var connectionString = await postgres.NewTravelHubDatabase($"crash_{Guid.NewGuid():N}", _tooLong.Token);
            await using var database = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 8 });
            var stage = new CrashStage(connectionString, database, provider, _folder.Path, _tooLong.Token);
            await Task.WhenAll(group.Select(played => Try(played, () => InSlot(() => stage.Die(played)))));
            foreach (var played in group.Where(IsOpen))
                await Try(played, () => stage.UntilHoldsEnd(played));
            await Task.WhenAll(group.Where(IsOpen).Where(played => played.Row.DiesAgain is not null)
                .Select(played => Try(played, () => InSlot(() => stage.DieAgain(played)))));
            await InSlot(() => stage.Finish(finish => Task.WhenAll(group.Where(IsOpen).Select(played => Try(played, async () =>
                _outcomes[played.Row.Name].TrySetResult(await finish(played)))))));
        }
        catch (Exception e)
        {
            foreach (var played in group)
                _outcomes[played.Row.Name].TrySetException(e);
        }
    }

    private bool IsOpen(CrashCase played) => !_outcomes[played.Row.Name].Task.IsCompleted;

    // What goes wrong with one row is told by its test, and harms no other row.
    private async Task Try(CrashCase played, Func<Task> part)
    {
        try
        {
            await part();
        }
        catch (Exception e)
        {
            _outcomes[played.Row.Name].TrySetException(e);
        }
    }

    private async Task InSlot(Func<Task> part)
    {
        await _slots.WaitAsync(_tooLong.Token);
        try
        {
            await part();
        }
        finally
        {
            _slots.Release();
        }
    }
}
