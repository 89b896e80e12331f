using System.Data.Common;
using Npgsql;

namespace TravelHub.Client.Replay.Audit;

/// <summary>Makes all checks of a finished run.</summary>
/// <param name="database">The system's database, or null when it is out of reach.</param>
/// <param name="provider">The payment provider's store, or null when it is out of reach.</param>
internal sealed class ReplayAudit(NpgsqlDataSource? database, ProviderStore? provider, TimeProvider time)
{
    /// <summary>How long the system may take to finish after its last answer, for instance to release the rooms of a cancellation.</summary>
    private static readonly TimeSpan SettlePatience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SettlePoll = TimeSpan.FromSeconds(1);

    private const string LogName = "the log agrees with the answers";
    private const string ChargesName = "the charges agree with the answers";

    public async Task<IReadOnlyList<CheckResult>> Run(
        ReplayPlan plan, ReplayAnswers answers, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            const string Why = "not made: no database was named (--connection)";
            return [CheckResult.NotMade(LogName, Why), CheckResult.NotMade(ChargesName, Why)];
        }

        var began = time.GetTimestamp();
        while (true)
        {
            var isOver = time.GetElapsedTime(began) + SettlePoll > SettlePatience;
            try
            {
                var checks = await Once(database, plan, answers, cancellationToken);
                // What nobody was told the end of may be in the middle of it, charged but not confirmed.
                var isLost = answers.AreAllDecided && checks.Any(check => check is { Holds: false, MaySettle: false });
                if (isOver || isLost || checks.All(check => check.Holds != false))
                    return checks;
            }
            catch (DbException e) when (isOver || e is PostgresException { IsTransient: false })
            {
                return [CheckResult.NotMade(LogName, $"not made: {e.Message}"), CheckResult.NotMade(ChargesName, $"not made: {e.Message}")];
            }
            catch (DbException)
            {
                // The database may just be coming back: it is asked again.
            }

            await Task.Delay(SettlePoll, time, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<CheckResult>> Once(
        NpgsqlDataSource source, ReplayPlan plan, ReplayAnswers answers, CancellationToken cancellationToken)
    {
        var stock = new StockLog(source);
        var streams = plan.InventoryStreams().ToList();
        var logged = await new ReservationLog(source).Read(plan, cancellationToken);
        var accepted = Hindsight.Of(answers, logged);
        var histories = await stock.History(streams, cancellationToken);
        return
        [
            StockChecks.NeverOverCapacity(histories),
            StockChecks.SoldOutWasFull(answers.SoldOut, histories),
            .. ReservationChecks.Of(accepted, logged),
            StockChecks.TakenIsSold(accepted, await stock.TakenAtEnd(streams, cancellationToken)),
            .. Charges(accepted, logged),
        ];
    }

    private IReadOnlyList<CheckResult> Charges(IReadOnlyList<AcceptedBooking> accepted, IReadOnlyList<LoggedReservation> logged)
    {
        if (provider is null)
            return [CheckResult.NotMade(ChargesName, "not made: no store of the provider was named (--provider-store)")];
        try
        {
            var reservations = logged.Select(reservation => reservation.Id).Union(accepted.Select(booking => booking.Reservation));
            return ChargeChecks.Of(accepted, logged, provider.Charges(reservations));
        }
        catch (DbException e)
        {
            return [CheckResult.NotMade(ChargesName, $"not made: {e.Message}")];
        }
    }
}
