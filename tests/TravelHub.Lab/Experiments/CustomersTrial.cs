using Npgsql;
using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Detectors;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial with customers who go on when they are answered, and whose history is compared with the log afterwards.</summary>
internal sealed class CustomersTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan RestPatience = TimeSpan.FromSeconds(35);
    private static readonly TimeSpan BooksPatience = TimeSpan.FromSeconds(30);

    // Where a tactic is off, what was lost never comes: no trial waits for it long.
    private static readonly TimeSpan ControlPatience = TimeSpan.FromSeconds(12);

    private static readonly Dictionary<string, string> MetricOf = new()
    {
        ["what was acknowledged is in the log, in that state or a later one"] = Metrics.LostAcknowledged,
        ["nothing happened twice"] = Metrics.Doubled,
        ["one captured charge a reservation at most, and charges and refunds are those of the log"] = Metrics.Doubled,
        ["everybody paid the right price"] = Metrics.WrongPrices,
        ["no night is over capacity at any moment"] = Metrics.Oversold,
    };

    public async Task<(Dictionary<string, double> Values, IReadOnlyList<TrialSecond> Timeline, IReadOnlyList<CheckResult> Checks)> Run(
        int seed, IReadOnlyList<ScenarioFault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        FaultTrack? track = null;
        IReadOnlyList<TrialSecond> timeline = [];
        var dead = 0;
        var load = new LabLoad(seed, scenario.Load.Clients) { Mix = scenario.Load.Kind == LoadKind.Payers ? LabMix.Payments : LabMix.Everything };
        var outcome = await new LabRun(site, load, say, time) { RestPatience = site.Without is null ? RestPatience : ControlPatience, BooksPatience = site.Without is null ? BooksPatience : ControlPatience }.Run(
            async (instance, _, history) =>
            {
                track = new FaultTrack(instance, site, faults, say, time);
                await track.Play(duration, cancellationToken);
                timeline = Seconds(history);
                await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
                await track.JudgeLies(database, cancellationToken);
                dead = await DetectionStore.DeadSilos(database, cancellationToken);
            },
            cancellationToken);

        var values = track!.Values;
        values[Metrics.Requests] = outcome.Requests;
        values[Metrics.Succeeded] = outcome.Succeeded;
        values[Metrics.UnansweredShare] = (double)outcome.Indeterminate / Math.Max(1, outcome.Requests);
        values[Metrics.DeadSilos] = dead;
        values[Metrics.LongestStretchSeconds] = outcome.LongestStretchSeconds;
        values[Metrics.RestSeconds] = outcome.SettleSeconds ?? double.PositiveInfinity;
        foreach (var metric in MetricOf.Values.Distinct())
            values[metric] = outcome.Checks.Where(check => MetricOf.GetValueOrDefault(check.Name) == metric).Sum(check => check.Broken);
        values[Metrics.Acknowledged] = outcome.Acknowledged;
        values[Metrics.PromisesLeft] = outcome.PromisesLeft;
        values[Metrics.Checks] = outcome.Checks.Count;
        values[Metrics.BrokenChecks] = outcome.Checks.Count(check => check.Holds != true);
        return (values, timeline, outcome.Checks);
    }

    private static List<TrialSecond> Seconds(History history) =>
        [.. history.Snapshot().GroupBy(told => (int)told.AtSeconds).OrderBy(second => second.Key).Select(second => new TrialSecond(
            second.Key, second.Count(told => told.HttpStatus is 200 or 201), second.Count(told => told.HttpStatus is not (200 or 201)), P99Milliseconds: null))];
}
