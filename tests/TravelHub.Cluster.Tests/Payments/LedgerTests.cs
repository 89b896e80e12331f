using Npgsql;
using TravelHub.Cluster.Tests.EventLog;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;

namespace TravelHub.Cluster.Tests.Payments;

public sealed class LedgerTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Run_ChargeAndRefund_AreBookedOnceAndBalance()
    {
        var property = await fixture.NewProperty(rooms: 2);
        var (kept, cancelled) = (Guid.NewGuid(), Guid.NewGuid());
        await fixture.Reservation(kept).Book(ClusterFixture.Booking(property));
        await fixture.Reservation(cancelled).Book(ClusterFixture.Booking(property));
        await fixture.Reservation(cancelled).Cancel(new CancelCommand("ann", IfVersion: null));

        await UntilBooked(kept, 1);
        await UntilBooked(cancelled, 2);
        Assert.Equal([("guests", -36_000), ("provider", 36_000)], await Balances(kept));
        Assert.Equal([("guests", 0), ("provider", 0)], await Balances(cancelled));

        await Execute($"INSERT INTO ledger_movements SELECT id || '/twice', reservation, debit, credit, amount_minor, currency, happened_at FROM ledger_movements WHERE reservation = '{kept}'");
        await LedgerRebuild.Run(fixture.Cluster.Database, TestContext.Current.CancellationToken);
        await UntilBooked(cancelled, 2);
        await UntilBooked(kept, 1);
        Assert.Equal([("guests", -36_000), ("provider", 36_000)], await Balances(kept));
        Assert.Equal([("guests", 0), ("provider", 0)], await Balances(cancelled));
    }

    /// <summary>Whoever asks how far they are doesn't wait for the books themselves, however long they take.</summary>
    [Fact]
    public async Task Lag_WhileTheBooksAreBeingRead_IsToldAtOnce()
    {
        var ledger = fixture.Cluster.Grains.GetGrain<ILedgerGrain>(0);
        await using var connection = await fixture.Cluster.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var turn = new NpgsqlCommand(LedgerGrain.TurnSql, connection);
        await turn.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await fixture.NewProperty(rooms: 1);   // something to read past
        var run = await UntilItWaits(ledger);

        await ledger.Lag().WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);

        Assert.False(run.IsCompleted);
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        await run;
    }

    /// <summary>Its last good figure would look like one that keeps up.</summary>
    [Fact]
    public async Task ReceiveReminder_LogCannotBeRead_ShowsNoLag()
    {
        await Remind();
        Assert.Contains(LedgerGrain.Reader, LagGauges.Shown(fixture.Cluster));

        await Execute("ALTER TABLE log_cursors RENAME TO log_cursors_gone");
        try
        {
            await Assert.ThrowsAnyAsync<Exception>(Remind);
            Assert.DoesNotContain(LedgerGrain.Reader, LagGauges.Shown(fixture.Cluster));
        }
        finally
        {
            await Execute("ALTER TABLE log_cursors_gone RENAME TO log_cursors");
        }

        await Remind();
        Assert.Contains(LedgerGrain.Reader, LagGauges.Shown(fixture.Cluster));
    }

    /// <summary>The silo to which it goes shows it from now on.</summary>
    [Fact]
    public async Task OnDeactivate_LeavesItsSilo_ShowsNoLag()
    {
        await Remind();
        var management = fixture.Cluster.Grains.GetGrain<IManagementGrain>(0);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        while (LagGauges.Shown(fixture.Cluster).Contains(LedgerGrain.Reader))
        {
            await management.DeactivateGrain(Ledger.GetGrainId());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
        }
    }

    private ILedgerGrain Ledger => fixture.Cluster.Grains.GetGrain<ILedgerGrain>(0);

    private Task Remind() => Ledger.AsReference<IRemindable>().ReceiveReminder(LedgerGrain.Reader, default);

    private async Task Execute(string sql)
    {
        await using var command = fixture.Cluster.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    // Nothing can be read, and nobody waits, while somebody else holds the reader back.
    private async Task<Task<int>> UntilItWaits(ILedgerGrain ledger)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var waiting = fixture.Cluster.Database.CreateCommand("""
            SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
                WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())
            """);
        var run = ledger.Run();
        while (!(bool)(await waiting.ExecuteScalarAsync(patience.Token))!)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            if (run.IsCompleted)
                run = ledger.Run();
        }

        return run;
    }

    // The reader waits for whatever else writes on this server.
    private async Task UntilBooked(Guid reservation, int movements)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await fixture.Cluster.Grains.GetGrain<ILedgerGrain>(0).Run();
            await using var command = fixture.Cluster.Database.CreateCommand("SELECT count(*) FROM ledger_movements WHERE reservation = $1");
            command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reservation });
            if ((long)(await command.ExecuteScalarAsync(patience.Token))! == movements)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private async Task<List<(string Account, long Minor)>> Balances(Guid reservation)
    {
        await using var command = fixture.Cluster.Database.CreateCommand(
            "SELECT account, sum(amount_minor)::bigint FROM ledger_entries WHERE reservation = $1 GROUP BY account ORDER BY account");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = reservation });
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var balances = new List<(string, long)>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            balances.Add((rows.GetString(0), rows.GetInt64(1)));
        return balances;
    }
}
