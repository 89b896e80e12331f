using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using TravelHub.Client.EventLog;
using TravelHub.Client.Replay.Audit;
using TravelHub.Grains.Reservations;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Checks;

/// <summary>Waits until an instance is at rest, and then makes all checks.</summary>
/// <param name="wake">It has watched the load, and has ended before the checks.</param>
/// <param name="liars">The replicas that lied, as <c>group/number</c>; null where they changed, and whoever made them lie judges who was accused.</param>
internal sealed class Judge(NpgsqlDataSource database, IGateway gateway, ProviderStore provider, WakeWatch wake, IReadOnlyList<string>? liars, TimeProvider time)
{
    private const int AskedAtOnce = 16;
    private const int MostSilences = 20;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>How long the books may take to be those of the log.</summary>
    public TimeSpan BooksPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether the gateway keeps nothing more that the log has still to hear of; where there is none it keeps nothing.</summary>
    public Func<CancellationToken, Task<bool>> IsIntakeEmpty { get; init; } = _ => Task.FromResult(true);

    /// <summary>Returns when the intake is empty, no booking is pending and every hold has heard of its reservation's end, or when patience is over.</summary>
    /// <returns>Whether it came to rest.</returns>
    public async Task<bool> WaitForRest(TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < patience)
        {
            try
            {
                // A look at the rooms wakes inventories that nobody has asked since their silo died.
                await gateway.Left(LabCatalogue.Destination, LabCatalogue.FirstNight, 1, cancellationToken);
                if (await IsIntakeEmpty(cancellationToken) && RestChecks.Of(await LogReplay.Read(database, cancellationToken)).All(check => check.Holds == true || !check.MaySettle))
                    return true;
            }
            catch (Exception e) when (e is DbException or TimeoutException)
            {
                // The database may just be coming back.
            }

            await Task.Delay(Poll, time, cancellationToken);
        }

        return false;
    }

    /// <param name="seen">How often a reader that ran all along saw each event.</param>
    public async Task<IReadOnlyList<CheckResult>> Check(
        History history, IReadOnlyDictionary<(string Stream, long Version), int> seen, CancellationToken cancellationToken)
    {
        var log = await LogReplay.Read(database, cancellationToken);
        var stock = await new StockLog(database).History(log.StreamVersions.Keys.Where(stream => stream.StartsWith("inventory/", StringComparison.Ordinal)), cancellationToken);
        return
        [
            .. AcknowledgedChecks.Of(history.Acknowledged, history.Unanswered, log),
            MoneyCheck.Of(log, provider.AllCharges()),
            await PriceCheck.Of(database, cancellationToken),
            await VotesCheck.Of(database, cancellationToken),
            await GuestsCheck.Of(database, cancellationToken),
            await BooksCheck.Of(database, provider, BooksPatience, time, cancellationToken),
            .. liars switch
            {
                null => Array.Empty<CheckResult>(),
                [] => [await AccusedCheck.Of(database, cancellationToken)],
                _ => [await AccusedCheck.OfOthers(database, liars, cancellationToken)],
            },
            StockChecks.NeverOverCapacity(stock),
            .. RestChecks.Of(log),
            wake.Check(),
            .. LiveChecks.Of(await Ask(log, cancellationToken), log),
            await SoldOutCheck.Of(database, cancellationToken),
            await OwnLists(cancellationToken),
            await OwnPages(log, cancellationToken),
            await Chain(cancellationToken),
            ReaderCheck.Of(seen, log),
        ];
    }

    // What does not answer is not what the log says either, so it is found; but not waited for a thousand times.
    private async Task<LiveState> Ask(ReplayedLog log, CancellationToken cancellationToken)
    {
        var silences = 0;
        var reservations = new ConcurrentDictionary<Guid, LabReservation?>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(log.Reservations.Values.Where(one => one.IsRequested), options, async (one, token) =>
        {
            if (silences < MostSilences)
                reservations[one.Id] = await OrSilence(() => gateway.Reservation(one.Id, token));
        });
        var left = new Dictionary<(LabRoom, DateOnly), int>();
        foreach (var night in LabCatalogue.AllNights)
        {
            if (silences >= MostSilences)
                break;
            foreach (var (room, rooms) in await OrSilence(() => gateway.Left(LabCatalogue.Destination, night, 1, cancellationToken)) ?? [])
                left[(room, night)] = rooms;
        }

        return new LiveState(reservations, left);

        async Task<T?> OrSilence<T>(Func<Task<T>> ask) where T : class?
        {
            try
            {
                return await ask();
            }
            catch (TimeoutException)
            {
                Interlocked.Increment(ref silences);
                return null;
            }
        }
    }

    private async Task<CheckResult> OwnLists(CancellationToken cancellationToken)
    {
        const string Name = "the owners' lists are what the log says";
        try
        {
            var lists = await ReservationListRebuild.Run(database, new ReservationOptions().ResumeAfter, cancellationToken);
            string[] wrong = [$"missing: {lists.Missing}, wrong: {lists.Wrong}, of no reservation: {lists.Surplus}"];
            return CheckResult.Of(Name, $"reservations: {lists.Streams}", lists.Missing + lists.Wrong + lists.Surplus > 0 ? wrong : []);
        }
        catch (InvalidOperationException e)
        {
            return CheckResult.Of(Name, "not all could be read", [e.Message]);
        }
    }

    private async Task<CheckResult> OwnPages(ReplayedLog log, CancellationToken cancellationToken)
    {
        const string Name = "the customers' own list, page by page, has each reservation once";
        try
        {
            var listed = await gateway.OwnList(cancellationToken);
            var logged = log.Reservations.Values.Where(one => one.IsRequested).Select(one => one.Id).ToHashSet();
            return CheckResult.Of(
                Name, $"reservations: {logged.Count}",
                [
                    .. logged.Except(listed).Select(id => $"reservation {id}: not listed"), .. listed.Except(logged).Select(id => $"reservation {id}: listed, and not in the log"),
                    .. listed.CountBy(id => id).Where(id => id.Value > 1).Select(id => $"reservation {id.Key}: listed {id.Value} times"),
                ]);
        }
        catch (TimeoutException e)
        {
            return CheckResult.Of(Name, "not read", [e.Message]);
        }
    }

    private async Task<CheckResult> Chain(CancellationToken cancellationToken)
    {
        var report = await new LogVerification(database, time).Run(_ => { }, cancellationToken);
        return CheckResult.Of(
            "the hash chain is whole", $"events: {report.Events}", report.First.Select(link => $"{link.Stream} version {link.Version}: {link.Why}"));
    }
}
