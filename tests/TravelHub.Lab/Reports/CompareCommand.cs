using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TravelHub.Client.Http;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Reports;

/// <summary><c>compare</c>: two runs of an experiment, metric by metric.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var first = new Argument<string>("A") { Description = "A run's folder, or its results.json." };
        var second = new Argument<string>("B") { Description = "The other one." };
        var command = new Command("compare", "Print what two runs of an experiment found, side by side.") { first, second };
        command.SetAction(parsed =>
        {
            var (a, b) = (Load(parsed.GetValue(first)!), Load(parsed.GetValue(second)!));
            if (a.Scenario.Id != b.Scenario.Id)
                throw new InputException($"A is a run of {a.Scenario.Id} and B one of {b.Scenario.Id}: only runs of one experiment can be compared.");
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"A: {a.Scenario.Id}, {a.StartedAt:u}: {a.Finding.Sentence}");
            output.WriteLine($"B: {b.Scenario.Id}, {b.StartedAt:u}: {b.Finding.Sentence}");
            foreach (var difference in Differences(a, b))
                output.WriteLine($"They differ in {difference}");
            foreach (var line in Lines(a, b))
                output.WriteLine(line);
            return 0;
        });
        return command;
    }

    // What makes a difference of figures mean something else than a difference of the system.
    private static IEnumerable<string> Differences(ExperimentResult a, ExperimentResult b)
    {
        (string What, string OfA, string OfB)[] all =
        [
            ("seconds of load", Invariant(a.Scenario.LengthOf(a.IsQuick)), Invariant(b.Scenario.LengthOf(b.IsQuick))),
            ("trials an arm", Invariant(a.Trials.Count / Math.Max(1, a.Scenario.Arms.Count)), Invariant(b.Trials.Count / Math.Max(1, b.Scenario.Arms.Count))),
            ("load", a.Scenario.Load.ToString(), b.Scenario.Load.ToString()),
            ("faults", Faults(a.Scenario), Faults(b.Scenario)),
            .. a.Versions.Keys.Union(b.Versions.Keys).Select(name => (name, a.Versions.GetValueOrDefault(name, "-"), b.Versions.GetValueOrDefault(name, "-"))),
        ];
        return all.Where(one => one.OfA != one.OfB).Select(one => $"{one.What}: A {one.OfA}; B {one.OfB}");

        static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

        static string Faults(Scenario scenario) => string.Join(", ", scenario.Arms.SelectMany(scenario.FaultsOf));
    }

    private static IEnumerable<string> Lines(ExperimentResult a, ExperimentResult b) =>
        from arm in a.Scenario.Arms.Select(arm => arm.Name).Intersect(b.Scenario.Arms.Select(arm => arm.Name))
        from metric in Metrics.All
        let one = Of(a, arm, metric.Key)
        let other = Of(b, arm, metric.Key)
        where one is not null || other is not null
        select string.Create(CultureInfo.InvariantCulture, $"{arm,-16} {metric.Value,-52} {Words(one),-26} {Words(other),-26} {Ratio(one, other)}");

    private static Estimate? Of(ExperimentResult result, string arm, string metric) =>
        Estimate.Of(result.Trials.Where(trial => trial.Arm == arm).Select(trial => trial.Values.GetValueOrDefault(metric, double.NaN)));

    private static string Words(Estimate? estimate) => estimate is null ? "-" : estimate.ToString();

    private static string Ratio(Estimate? one, Estimate? other) => one is { Median: not 0 and < double.PositiveInfinity } && other is { Median: < double.PositiveInfinity }
        ? string.Create(CultureInfo.InvariantCulture, $"B/A {other.Median / one.Median:0.00}")
        : "";

    private static ExperimentResult Load(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, RunsFolder.Results) : path;
        try
        {
            return RunsFolder.Read(file);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new InputException($"{file} is no result of a run: {e.Message}");
        }
    }
}
