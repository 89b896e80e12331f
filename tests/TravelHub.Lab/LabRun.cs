using Npgsql;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Client.Replay.Audit;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Faults;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab;

/// <summary>How an instance of the lab is loaded.</summary>
/// <param name="Clients">Customers in a closed loop, 1 to 256.</param>
internal sealed record LabLoad(int Seed, int Clients)
{
    /// <summary>What the customers do.</summary>
    public LabMix Mix { get; init; }
}

/// <summary>What a run came to.</summary>
/// <param name="PaymentAttempts">Requests that carried a payment token, each repeat counted.</param>
/// <param name="LongestStretchSeconds">The longest time in which nobody's request succeeded.</param>
/// <param name="SettleSeconds">How long after the load the last work was done; null when it was not in time.</param>
internal sealed record LabOutcome(
    double LoadSeconds, long Requests, long PaymentAttempts, int Acknowledged, int Succeeded, int SoldOut, long Indeterminate, double LongestStretchSeconds,
    double? SettleSeconds, IReadOnlyList<CheckResult> Checks);

/// <summary>Loads an instance while something is done to it, waits until it is at rest, and judges.</summary>
internal sealed class LabRun(LabSite site, LabLoad load, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(60);

    /// <summary>How long it may take until nothing is pending.</summary>
    public TimeSpan RestPatience { get; init; } = TimeSpan.FromSeconds(90);

    /// <param name="faults">What is done while the history grows; the load ends when it returns.</param>
    public async Task<LabOutcome> Run(Func<LabInstance, Gateway, History, Task> faults, CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await PutCatalogue(instance, cancellationToken);
        using var gateway = new Gateway(instance.Url, instance.ClientKey, time);
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        using var history = new History(Path.Combine(site.DataFolder, "history.jsonl"), time);
        var reader = new SteadyReader(
            site.Plant == Plants.CursorOnIdAlone ? new PositionLogReader(database) : new LogReader(database), time);

        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var nothingMore = new CancellationTokenSource();
        var reading = Task.Run(() => reader.Run(nothingMore.Token, giveUp.Token), CancellationToken.None);
        var start = time.GetTimestamp();
        await Load(() => faults(instance, gateway, history), gateway, history, cancellationToken);
        var loadSeconds = time.GetElapsedTime(start).TotalSeconds;

        say("The load is over; waiting until nothing is pending");
        var judge = new Judge(database, gateway, new ProviderStore(instance.ProviderStore), areReplicasHonest: !site.HasLiars, time);
        var ended = time.GetTimestamp();
        var settled = await judge.WaitForRest(RestPatience, cancellationToken) ? time.GetElapsedTime(ended).TotalSeconds : (double?)null;
        await nothingMore.CancelAsync();
        giveUp.CancelAfter(AnswerPatience);
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        say("Checking");
        var checks = await judge.Check(history, reader.Seen, cancellationToken);
        var told = history.Acknowledged;
        return new LabOutcome(
            loadSeconds, history.Requests, history.PaymentAttempts, told.Count, told.Count(one => one.HttpStatus is 200 or 201), told.Count(one => one.State == "sold-out"),
            history.Indeterminate, history.LongestStretchSeconds, settled, checks);
    }

    private async Task Load(Func<Task> faults, Gateway gateway, History history, CancellationToken cancellationToken)
    {
        using var isOver = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clients = Enumerable.Range(1, load.Clients)
            .Select(number => new LabClient(number, load.Seed, load.Mix, gateway, history, time).Run(isOver.Token, giveUp.Token)).ToList();
        var customers = Task.WhenAll(clients);
        try
        {
            // A client that throws has found a mistake of the lab; the load must not go on without it.
            var playing = faults();
            await await Task.WhenAny(playing, FirstFailure(clients));
        }
        finally
        {
            await isOver.CancelAsync();
            giveUp.CancelAfter(AnswerPatience);
        }

        history.End();
        await customers;
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task FirstFailure(List<Task> clients)
    {
        await foreach (var ended in Task.WhenEach(clients))
            await ended;
    }

    private async Task PutCatalogue(LabInstance instance, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(load.Seed));
        if (await new CatalogueImport(client).Put(LabCatalogue.Entries(), _ => { }, cancellationToken) is [var refused, ..])
            throw new InvalidOperationException($"The lab's catalogue was refused: {refused}");
    }
}
