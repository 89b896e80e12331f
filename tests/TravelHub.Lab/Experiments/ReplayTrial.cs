using System.Globalization;
using Npgsql;
using TravelHub.Client.Http;
using TravelHub.Client.Replay;
using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Detectors;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial with a hotel's bookings and cancellations in their order. Its clients repeat once, under the same key, what was not answered.</summary>
internal sealed class ReplayTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    private const decimal CapacityShare = 0.8m;
    private const int WarmUpRows = 200;
    private const int RowsPerSecond = 2_000;   // more than can be carried: the time ends a trial, not the demand
    private const int MostMadeUpRows = 500_000;
    private const int Attempts = 2;

    public async Task<(Dictionary<string, double> Values, IReadOnlyList<CheckResult> Checks)> Run(
        int seed, IReadOnlyList<ScenarioFault> faults, TimeSpan duration, CancellationToken cancellationToken)
    {
        var rows = Rows(seed, duration);
        await using var instance = await LabInstance.Start(site with { HasShortHolds = false }, say, time, cancellationToken);
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        using var crew = new TravelHubClient(instance.Url, instance.OperatorKey, new ClientOptions(), time, new Random(seed));
        var track = new FaultTrack(instance, site, faults, say, time);
        await Play("warm", [.. rows.Take(WarmUpRows)], CancellationToken.None);

        using var isOver = new CancellationTokenSource();
        var replay = Play("trial", rows, isOver.Token);
        await track.Play(duration, cancellationToken);
        var isExhausted = replay.IsCompleted;
        await isOver.CancelAsync();
        var (plan, tally, stretch, answers) = await replay;
        say("The load is over; checking");
        var checks = await new ReplayAudit(database, new ProviderStore(instance.ProviderStore), time).Run(plan, answers, cancellationToken);
        var values = track.Values;
        values[Metrics.Requests] = tally.Requests;
        values[Metrics.Succeeded] = tally.Accepted + tally.Cancelled;
        values[Metrics.Failed] = tally.Errors;
        values[Metrics.EndedEarly] = isExhausted ? 1 : 0;
        values[Metrics.DeadSilos] = await DetectionStore.DeadSilos(database, cancellationToken);
        foreach (var error in tally.FirstErrors)
            say($"FAILED  {error}");
        values[Metrics.LongestStretchSeconds] = stretch.TotalSeconds;
        values[Metrics.P50Milliseconds] = tally.BookingMilliseconds(50);
        values[Metrics.P99Milliseconds] = tally.BookingMilliseconds(99);
        values[Metrics.Checks] = checks.Count;
        values[Metrics.BrokenChecks] = checks.Count(check => check.Holds != true);
        return (values, checks);

        async Task<(ReplayPlan Plan, ReplayTally Tally, TimeSpan Stretch, ReplayAnswers Answers)> Play(
            string name, IReadOnlyList<DemandRow> demand, CancellationToken noMore)
        {
            var run = string.Create(CultureInfo.InvariantCulture, $"{name}-{seed:x8}");
            var plan = new ReplayPlanner(run, CapacityShare, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)).Plan(demand);
            foreach (var property in plan.Properties)
                await crew.PutProperty(property.Id, property.Document, cancellationToken);
            var options = new ClientOptions { MaxConnections = scenario.Load.Clients, MostAttempts = Attempts };
            using var client = new TravelHubClient(instance.Url, instance.ClientKey, options, time, new Random(seed));
            var tally = new ReplayTally(time);
            var answers = await new ReplayRunner(plan, client, tally, time).Run(scenario.Load.Clients, noMore, cancellationToken);
            return (plan, tally, tally.LongestStretch, answers);
        }
    }

    private IReadOnlyList<DemandRow> Rows(int seed, TimeSpan duration) => scenario.Load.File is { } file
        ? DemandFile.Read(file, limit: null).Rows
        : SyntheticDemand.Rows(seed, Math.Min(MostMadeUpRows, (int)(duration.TotalSeconds * RowsPerSecond)), scenario.Load.Skew);
}
