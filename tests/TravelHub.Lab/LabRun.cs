using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Client.Replay.Audit;
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

    /// <summary>How long an unpaid hold lives: those who pay late wait until shortly before.</summary>
    public TimeSpan HoldLifetime { get; init; } = LabSite.HoldLifetime;
}

/// <summary>What a run came to.</summary>
/// <param name="PaymentAttempts">Requests that carried a payment token, each repeat counted.</param>
/// <param name="LongestStretchSeconds">The longest time in which nobody's request succeeded.</param>
/// <param name="PromisesLeft">Bookings that nobody asked for again after a 202.</param>
/// <param name="SettleSeconds">How long after the load the last work was done; null when it was not in time.</param>
internal sealed record LabOutcome(
    double LoadSeconds, long Requests, long PaymentAttempts, int Acknowledged, int PromisesLeft, int Succeeded, int SoldOut, long Indeterminate,
    double LongestStretchSeconds, double? SettleSeconds, IReadOnlyList<CheckResult> Checks)
{
    public static LabOutcome Of(History history, double loadSeconds, double? settleSeconds, IReadOnlyList<CheckResult> checks)
    {
        var told = history.Acknowledged;
        return new LabOutcome(
            loadSeconds, history.Requests, history.PaymentAttempts, told.Count, AcknowledgedChecks.PromisesLeft(told),
            told.Count(one => one.HttpStatus is 200 or 201), told.Count(one => one.State == "sold-out"),
            history.Indeterminate, history.LongestStretchSeconds, settleSeconds, checks);
    }
}

/// <summary>Loads an instance while something is done to it, waits until it is at rest, and judges.</summary>
internal sealed class LabRun(LabSite site, LabLoad load, Action<string> say, TimeProvider time)
{
    /// <summary>How long it may take until nothing is pending.</summary>
    public TimeSpan RestPatience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long the books may then take to be those of the log.</summary>
    public TimeSpan BooksPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long after the load the last answers may take.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <param name="faults">What is done while the history grows; the load ends when it returns.</param>
    public async Task<LabOutcome> Run(Func<LabInstance, Gateway, History, Task> faults, CancellationToken cancellationToken)
    {
        await using var instance = await LabInstance.Start(site, say, time, cancellationToken);
        await PutCatalogue(instance, cancellationToken);
        using var gateway = new Gateway(instance.Url, instance.ClientKey, time);
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        using var history = new History(Path.Combine(site.DataFolder, "history.jsonl"), time);
        await using var onlookers = new Onlookers(database, site.Plant, time, cancellationToken);
        var start = time.GetTimestamp();
        await Customers.Run(load, gateway, history, () => faults(instance, gateway, history), AnswerPatience, time, cancellationToken);
        var loadSeconds = time.GetElapsedTime(start).TotalSeconds;

        say("The load is over; waiting until nothing is pending");
        using var operators = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            BaseAddress = instance.Url, Timeout = TimeSpan.FromSeconds(10), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", instance.OperatorKey) },
        };
        var judge = new Judge(database, gateway, new ProviderStore(instance.ProviderStore), onlookers.Wake, site.HasLiars ? site.Liars : [], time)
        {
            BooksPatience = BooksPatience, IsIntakeEmpty = token => IsIntakeEmpty(operators, token),
        };
        var ended = time.GetTimestamp();
        var settled = await judge.WaitForRest(RestPatience, cancellationToken) ? time.GetElapsedTime(ended).TotalSeconds : (double?)null;
        await onlookers.End(AnswerPatience);
        say("Checking");
        var checks = await judge.Check(history, onlookers.Seen, cancellationToken);
        return LabOutcome.Of(history, loadSeconds, settled, checks);
    }

    // What was promised with 202 and not asked for again is the gateway's to bring to the log.
    private static async Task<bool> IsIntakeEmpty(HttpClient operators, CancellationToken cancellationToken)
    {
        try
        {
            var resilience = await operators.GetFromJsonAsync<JsonElement>("/v1/resilience", cancellationToken);
            return resilience.GetProperty("intake").GetProperty("waiting").GetInt32() == 0;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    private async Task PutCatalogue(LabInstance instance, CancellationToken cancellationToken)
    {
        using var client = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(load.Seed));
        if (await new CatalogueImport(client).Put(LabCatalogue.Entries(), _ => { }, cancellationToken) is [var refused, ..])
            throw new InvalidOperationException($"The lab's catalogue was refused: {refused}");
    }
}
