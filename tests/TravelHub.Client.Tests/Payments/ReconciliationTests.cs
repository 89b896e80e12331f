using Microsoft.Extensions.Time.Testing;
using Npgsql;
using TravelHub.Client.Payments;
using TravelHub.Client.Tests.Postgres;
using TravelHub.Client.Tests.Replay.Audit;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Payments;

public sealed class ReconciliationTests(PostgresFixture fixture) : IAsyncLifetime
{
    private readonly HandWrittenStore _store = new();
    private readonly WaitedFor _time = new();
    private string _database = "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = await fixture.NewTravelHubDatabase($"books_{Guid.NewGuid():N}", Cancellation);

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RunPatiently_BooksFollowALittleLater_TellsOnlyWhatStillDiffersInTheSameWay()
    {
        var (followed, lost) = (Guid.NewGuid(), Guid.NewGuid());
        Charge(followed);
        Charge(lost);
        await using var database = NpgsqlDataSource.Create(_database);

        var run = new Reconciliation(database, _store.Reader).RunPatiently(_time, Cancellation);
        await _time.Begun.WaitAsync(Cancellation);
        await Query.Scalar(_database, $"INSERT INTO ledger_movements VALUES ('charge/{followed}', '{followed}', 'provider', 'guests', 100, 'EUR', now())");
        Charge(Guid.NewGuid());   // a moment ago: the books have had no time for it
        _time.Advance(TimeSpan.FromSeconds(15));
        var report = await run;

        Assert.Equal(new Difference(lost, "EUR", 0, 100, 0, 0), Assert.Single(report.First));
        Assert.Equal(1, report.Differences);
        Assert.False(report.Holds);
    }

    [Fact]
    public async Task RunPatiently_NothingDiffers_DoesNotWait()
    {
        await using var database = NpgsqlDataSource.Create(_database);

        var report = await new Reconciliation(database, _store.Reader).RunPatiently(_time, Cancellation);

        Assert.True(report.Holds);
        Assert.False(_time.Begun.IsCompleted);
    }

    private void Charge(Guid reservation) => _store.Charge($"{reservation:D}", reservation, 100);

    /// <summary>Tells when somebody has begun to wait.</summary>
    private sealed class WaitedFor : FakeTimeProvider
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _begun.TrySetResult();
            return timer;
        }
    }
}
