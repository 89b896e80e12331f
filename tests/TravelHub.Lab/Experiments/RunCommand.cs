using System.CommandLine;
using System.Security.Cryptography;
using TravelHub.Client.Http;
using TravelHub.Lab.Reports;

namespace TravelHub.Lab.Experiments;

/// <summary><c>run</c>: an experiment, from its scenario to its report.</summary>
internal static class RunCommand
{
    private const string All = "all";
    private const int Inconclusive = 3;

    public static Command Create(TimeProvider time)
    {
        var name = new Argument<string>("experiment") { Description = $"{string.Join(", ", ScenarioFiles.Known)}, all, or the file of a scenario." };
        var quick = new Option<bool>("--quick") { Description = "One short trial an arm: shows that it works, and proves little." };
        var seed = new Option<int?>("--seed") { Description = "Gives the same trials again; drawn and printed when it is not given." };
        var runs = new Option<string>("--runs") { Description = "Where reports are kept.", HelpName = "DIR", DefaultValueFactory = _ => RunsFolder.Default };
        var demand = new Option<string?>("--demand") { Description = "The published hotel-demand data, for replays in place of made-up demand.", HelpName = "FILE" };
        var command = new Command(
            "run",
            """
            Run an experiment and write its report to runs/EXPERIMENT/TIME/: report.html, results.json, and what clients were told. Exit code 0: the
            hypothesis is supported. 1: it is refuted, or a trial was unusable. 2: the input is unusable. 3: inconclusive.
            """)
        {
            name, quick, seed, runs, demand,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var asked = parsed.GetValue(name)!;
            var scenarios = asked == All ? ScenarioFiles.Known.Select(ScenarioFiles.Load).ToList() : [ScenarioFiles.Load(asked)];
            if (parsed.GetValue(demand) is { } file)
                scenarios = [.. scenarios.Select(one => one.Load.Kind == LoadKind.Replay ? one with { Load = one.Load with { File = file } } : one)];
            if (scenarios.SelectMany(one => one.FindWrong()).FirstOrDefault() is { } wrong)
                throw new InputException(wrong);
            var drawn = parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue);
            var log = new LabLog(output, time);
            var findings = new List<(string Id, Finding Finding)>();
            foreach (var scenario in scenarios)
            {
                var folder = new RunsFolder(parsed.GetValue(runs)!).New(scenario.Id, time.GetUtcNow());
                var result = await new ExperimentRun(scenario, folder, program: null, Keep, log.Say, time).Run(drawn, parsed.GetValue(quick), cancellationToken);
                findings.Add((scenario.Id, result.Finding));
                log.Say($"{result.Finding.Sentence} Report: {Path.Combine(folder, RunsFolder.Report)}");

                void Keep(ExperimentResult soFar) =>
                    RunsFolder.Write(folder, soFar with { File = asked == All || ScenarioFiles.IsKnown(asked) ? null : asked, Runs = parsed.GetValue(runs) });
            }

            RunsFolder.WriteIndex(parsed.GetValue(runs)!);
            foreach (var (id, finding) in findings)
                await output.WriteLineAsync($"{id,-4} {finding.Sentence}");
            return findings.Any(one => one.Finding.Kind is FindingKind.Refuted or FindingKind.Unusable) ? Verdict.Failed
                : findings.Any(one => one.Finding.Kind == FindingKind.Inconclusive) ? Inconclusive
                : 0;
        });
        return command;
    }
}
