using System.CommandLine;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab;

/// <summary>One call of one of the lab's commands: the seed first, the report last.</summary>
internal static class LabSession
{
    /// <param name="experiment">Gives its report, the outcome in it (null when nobody was there to be served), whether it holds, and lines for people.</param>
    public static async Task<int> Run(
        ParseResult command, LabOptions options, TimeProvider time,
        Func<LabSite, LabLoad, Action<string>, Task<(object Report, LabOutcome? Outcome, bool Holds, string[] Lines)>> experiment)
    {
        var console = command.InvocationConfiguration;
        var (load, site) = (options.Load(command), options.Site(command));
        var log = new LabLog(options.IsJson(command) ? console.Error : console.Output, time);
        log.Say($"seed {load.Seed}{(site.Plant is null ? "" : $", planted: {site.Plant}")}; data in {site.DataFolder}");
        var (report, outcome, holds, lines) = await experiment(site, load, log.Say);
        if (options.IsJson(command))
        {
            await console.Output.WriteLineAsync(Verdict.AsJson(report));
        }
        else
        {
            foreach (var line in lines)
                await console.Output.WriteLineAsync(line);
            if (outcome is not null)
                Verdict.Write(outcome, console.Output);
        }

        if (holds && options.IsTemporary(command))
            Directory.Delete(site.DataFolder, recursive: true);
        return holds ? 0 : Verdict.Failed;
    }
}
