using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Payments;

/// <summary>Books movements in the order of the log. A page's movements and the cursor behind them go in one transaction, and an id is booked once.</summary>
internal sealed class LedgerGrain(NpgsqlDataSource database, LogReader log, LogMetrics metrics, IOptions<PaymentOptions> options, TimeProvider time)
    : Grain, ILedgerGrain, IRemindable
{
    public const string Reader = "ledger";

    /// <summary>Books and rebuild take turns: what one takes for booked the other may be deleting.</summary>
    public const string TurnSql = "SELECT pg_advisory_xact_lock(hashtextextended('travelhub.ledger', 0))";

    private const string ReminderName = "ledger";
    private const int PageSize = 250;

    private const string BookSql = """
        INSERT INTO ledger_movements (id, reservation, debit, credit, amount_minor, currency, happened_at)
        SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::timestamptz[])
        ON CONFLICT (id) DO NOTHING
        """;

    private static readonly string[] Types = ["reservation.paid.v1", "reservation.refunded.v1"];

    public Task Start() => this.KeepReminders((ReminderName, options.Value.LedgerPeriod));

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        try
        {
            await Run();
            metrics.Report(Reader, await log.Lag(Reader, Types, CancellationToken.None));
        }
        catch
        {
            metrics.Withdraw(Reader);
            throw;
        }
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        metrics.Withdraw(Reader);
        return Task.CompletedTask;
    }

    public async Task<int> Run()
    {
        var cursor = await log.Cursor(Reader, CancellationToken.None);
        var booked = 0;
        for (var isLast = false; !isLast;)
        {
            var began = time.GetTimestamp();
            var page = await log.Read(cursor, PageSize, Types, CancellationToken.None);
            if (page.Next != cursor && !await Book([.. page.Events.Select(Movement.Of)], cursor, page.Next))
                return booked;   // the books were emptied meanwhile, to be filled from the beginning: the next run does
            booked += page.Events.Count;
            (cursor, isLast) = (page.Next, page.IsLast);
            if (!isLast)
                await Task.Delay(time.GetElapsedTime(began), time);   // half of the time for others: ten seconds' movements at once made bookings wait
        }

        return booked;
    }

    public async Task<ResyncLag> Lag()
    {
        var lag = await log.Lag(Reader, Types, CancellationToken.None);
        return new ResyncLag(lag.Events, lag.Behind, lag.Horizon);
    }

    /// <returns>False when the reader does not stand there any more.</returns>
    private async Task<bool> Book(Movement[] movements, LogCursor from, LogCursor next)
    {
        await using var batch = database.CreateBatch();   // one implicit transaction
        batch.BatchCommands.Add(new NpgsqlBatchCommand(TurnSql));
        if (movements.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(BookSql)
            {
                Parameters =
                {
                    Column(movements, m => m.Id), Column(movements, m => m.Reservation), Column(movements, m => m.Debit), Column(movements, m => m.Credit),
                    Column(movements, m => m.Amount.AmountMinor), Column(movements, m => m.Amount.Currency),
                    new NpgsqlParameter { Value = movements.Select(m => m.At).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz },
                },
            });
        }

        batch.BatchCommands.Add(LogReader.MoveCommand(Reader, from, next));
        await batch.ExecuteNonQueryAsync();
        return batch.BatchCommands[^1].RecordsAffected > 0;
    }

    private static NpgsqlParameter<T[]> Column<T>(Movement[] movements, Func<Movement, T> value) => new() { TypedValue = [.. movements.Select(value)] };

    /// <summary>Money that went from one account to another.</summary>
    private sealed record Movement(string Id, Guid Reservation, string Debit, string Credit, Money Amount, DateTimeOffset At)
    {
        private const string Provider = "provider";
        private const string Guests = "guests";

        public static Movement Of(StreamEvent happened)
        {
            var (reservation, at) = (ReservationStreams.Id(happened.Stream), happened.Logged.RecordedAt);
            return happened.Logged.Event switch
            {
                ReservationEvent.Paid paid => new Movement($"charge/{paid.ChargeId}", reservation, Provider, Guests, paid.Total, at),
                ReservationEvent.Refunded refunded => new Movement($"refund/{refunded.RefundId}", reservation, Guests, Provider, refunded.Amount, at),
                var other => throw new InvalidOperationException($"{other.GetType().Name} moves no money"),
            };
        }
    }
}
