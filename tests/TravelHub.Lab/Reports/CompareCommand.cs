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
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine($"A: {a.Scenario.Id}, {a.StartedAt:u}: {a.Finding.Sentence}");
            output.WriteLine($"B: {b.Scenario.Id}, {b.StartedAt:u}: {b.Finding.Sentence}");
            foreach (var line in Lines(a, b))
                output.WriteLine(line);
            return 0;
        });
        return command;
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
