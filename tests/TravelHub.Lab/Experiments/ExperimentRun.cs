using System.Globalization;
using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Experiments;

/// <summary>All trials of a scenario, the arms by turns in an order left to chance; both arms of a turn get the same seed.</summary>
/// <param name="keep">Is given what was found so far after each trial, so that a run that is broken off leaves what it saw.</param>
internal sealed class ExperimentRun(
    Scenario whole, string folder, Func<string, string>? program, Action<ExperimentResult> keep, Action<string> say, TimeProvider time)
{
    public async Task<ExperimentResult> Run(int seed, bool isQuick, CancellationToken cancellationToken)
    {
        var started = time.GetUtcNow();
        var scenario = isQuick ? whole.Quick() : whole;
        if (whole.Arms.Except(scenario.Arms).ToArray() is { Length: > 0 } left)
            say($"{whole.Id}: a quick run leaves out {string.Join(", ", left.Select(arm => $"'{arm.Name}'"))}");
        var random = new Random(seed);
        var trials = new List<Trial>();
        var count = isQuick ? Scenario.QuickTrials : scenario.Trials;
        for (var number = 1; number <= count; number++)
        {
            var trialSeed = random.Next();
            var arms = scenario.Arms.ToArray();
            random.Shuffle(arms);
            foreach (var arm in arms)
            {
                trials.Add(await Try(scenario, arm, number, trialSeed, isQuick, cancellationToken));
                keep(SoFar());
            }
        }

        return SoFar();

        ExperimentResult SoFar() => new(
            scenario, seed, isQuick, started, Math.Round((time.GetUtcNow() - started).TotalSeconds, 1), Versions.Known(),
            Finding.Of(scenario, trials, count * scenario.Arms.Count), [.. trials]);
    }

    private async Task<Trial> Try(Scenario scenario, Arm arm, int number, int seed, bool isQuick, CancellationToken cancellationToken)
    {
        var faults = scenario.FaultsOf(arm);
        say(string.Create(CultureInfo.InvariantCulture, $"{scenario.Id}, trial {number} of '{arm.Name}', seed {seed}"));
        string[] liars = [.. faults.Where(fault => fault.Kind == ScenarioFaultKind.Lie).Select(fault => fault.Replica)];
        var data = Path.Combine(folder, $"{arm.Name.Replace(' ', '-')}-{number}");
        var site = new LabSite(data, Plant: null)
        {
            TakesFaults = true,
            HasLiars = liars.Length > 0,
            Liars = liars,
            Without = arm.Without,
            Extra = arm.Settings ?? new Dictionary<string, string>(),
        };
        if (program is not null)
            site = site with { Program = program };
        await using var proxy = faults.Any(fault => fault.Kind == ScenarioFaultKind.PostgresSlow) ? new TcpProxy(time) : null;
        site = site with { DatabaseProxy = proxy };
        var (values, timeline, checks) = await Run(scenario, site, seed, faults, isQuick, cancellationToken);
        var trial = new Trial(arm.Name, number, seed, values.Where(value => !double.IsNaN(value.Value)).ToDictionary(), timeline, checks);
        foreach (var check in trial.Broken)
            say($"BROKEN  {check.Name} ({check.Numbers}) {(check.Offenders is [var first, ..] ? first : "")}");
        // What clients were told is the evidence; the rest of an instance is only large.
        if (File.Exists(Path.Combine(data, "history.jsonl")))
            File.Move(Path.Combine(data, "history.jsonl"), $"{data}.history.jsonl");
        if (trial.Broken.Count == 0)
            Directory.Delete(data, recursive: true);
        else
            say($"The instance is kept: {data}");
        return trial;
    }

    private async Task<(Dictionary<string, double>, IReadOnlyList<TrialSecond>, IReadOnlyList<CheckResult>)> Run(
        Scenario scenario, LabSite site, int seed, IReadOnlyList<ScenarioFault> faults, bool isQuick, CancellationToken cancellationToken)
    {
        var duration = TimeSpan.FromSeconds(scenario.LengthOf(isQuick));
        switch (scenario.Load.Kind)
        {
            case LoadKind.Arrivals:
                var arrivals = await new ArrivalsTrial(scenario, site, say, time).Run(seed, faults, duration, cancellationToken);
                return arrivals;
            case LoadKind.Overload:
                var overload = await new OverloadTrial(scenario, site, say, time).Run(seed, duration, cancellationToken);
                return (overload.Values, overload.Timeline, []);
            case LoadKind.Replay:
                var (values, checks) = await new ReplayTrial(scenario, site, say, time).Run(seed, faults, duration, cancellationToken);
                return (values, [], checks);
            case LoadKind.Pairs:
                return (await new PairsTrial(scenario, site, say, time).Run(seed, faults[0], duration, isQuick, cancellationToken), [], []);
            case LoadKind.Detectors:
                return (await new DetectorsTrial(scenario, site, say, time).Run(seed, isQuick, cancellationToken), [], []);
            default:
                return await new CustomersTrial(scenario, site, say, time).Run(seed, faults, duration, cancellationToken);
        }
    }
}
