using Npgsql;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Reservations;

/// <summary>A silo whose log takes no more.</summary>
public sealed class FullLogTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;
    private IEventLog _log = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var connectionString = await postgres.NewTravelHubDatabase($"full_{Guid.NewGuid():N}", Cancellation);
        _cluster = await GrainCluster.Start(
            connectionString, provider, silos: 1, ("EventLog:QueueCapacity", "4"), ("EventLog:AppendsPerBatch", "1"), ("Reservations:RecoveryPeriod", "01:00:00"));
        _log = (IEventLog)_cluster.Silos.GetActiveSilos().First().ServiceProvider.GetService(typeof(IEventLog))!;
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    /// <summary>"Nothing was done" is true: it asks for no vote, and so for no room, which goes with it.</summary>
    [Fact]
    public async Task Book_LogTakesNoMore_IsRefusedAndBeginsNothing()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 5);
        var (refused, next) = (Guid.NewGuid(), Guid.NewGuid());
        await WhileFull(() => Assert.ThrowsAsync<LogOverloadedException>(() => Book(refused, property)));

        Assert.IsType<ReservationOutcome.Done>(await Book(next, property));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await Count("SELECT count(*) FROM vote_records WHERE reservation = $1", next) == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        Assert.Equal(0, await Count("SELECT count(*) FROM vote_records WHERE reservation = $1", refused));   // they are written in their order
        Assert.Equal(0, await Count("SELECT count(*) FROM reservation_events WHERE payload LIKE '%' || $1::text || '%'", refused));
    }

    /// <summary>A repeat of what is done is never told that nothing was: the gateway keeps it, and finds out.</summary>
    [Fact]
    public async Task Book_RepeatAndLogTakesNoMore_IsNotToldThatNothingWasDone()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 5);
        var id = Guid.NewGuid();
        await Book(id, property);

        await WhileFull(() => Assert.ThrowsAsync<LogUnavailableException>(() => Book(id, property)));

        Assert.True(Assert.IsType<ReservationOutcome.Done>(await Book(id, property)).Replayed);
    }

    private Task<ReservationOutcome> Book(Guid id, string property) => _cluster.Grains.GetGrain<IReservationGrain>(id).Book(ClusterFixture.Booking(property));

    // The database stands still, so the writer does with what it has taken, and the rest is full.
    private async Task WhileFull(Func<Task> act)
    {
        var fillers = new List<Task>();
        await using (var connection = await _cluster.Database.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using (var command = new NpgsqlCommand("LOCK TABLE stream_heads IN EXCLUSIVE MODE", connection, transaction))
                await command.ExecuteNonQueryAsync(Cancellation);
            Fill(fillers);
            await UntilTheWriterWaits();
            Fill(fillers);   // it has taken one
            await act();
            await transaction.RollbackAsync(Cancellation);
        }

        await Task.WhenAll(fillers);
    }

    private void Fill(List<Task> fillers) => Assert.Throws<LogOverloadedException>(() =>
    {
        while (fillers.Count < 1_000)
            fillers.Add(_log.Append(new StreamAppend($"filler-{Guid.NewGuid():N}", 0, [new ReservationEvent.Lapsed()])));
    });

    private async Task UntilTheWriterWaits()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var command = _cluster.Database.CreateCommand(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND NOT l.granted");
        while ((long)(await command.ExecuteScalarAsync(patience.Token))! == 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    private async Task<long> Count(string sql, Guid id)
    {
        await using var command = _cluster.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
