using System.CommandLine;
using System.Globalization;

namespace TravelHub.Lab.Liars;

/// <summary><c>liars</c>: payment replicas misbehave, one after the other.</summary>
internal static class LiarsCommand
{
    public static Command Create(TimeProvider time)
    {
        var rounds = new Option<int>("--rounds") { Description = "How many replicas misbehave, each kind in turn, 1 to 1,000.", DefaultValueFactory = _ => 14 };
        var idle = new Option<bool>("--idle") { Description = "Without any customer: only the probes can find them." };
        var options = new LabOptions();
        var command = new Command(
            "liars",
            """
            Start a TravelHub of the lab's own, let one payment replica of each group after the other misbehave, and measure how long each takes to be quarantined.
            Exit code 0: each was found in time, nobody else was accused, and with customers all checks of a soak hold and everybody paid the
            right price. 1: not so. 2: unusable input.
            """)
        {
            rounds, idle,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = LabOptions.InRange("--rounds", parsed.GetValue(rounds), 1, 1_000);
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new LiarsRun(site with { HasLiars = true }, load, count, say, time).Run(parsed.GetValue(idle), cancellationToken);
                return (report, report.Outcome, report.Holds, Lines(report));
            });
        });
        return command;
    }

    private static string[] Lines(LiarsReport report) =>
    [
        .. report.Finds.GroupBy(find => find.Kind).Select(kind => string.Create(
            CultureInfo.InvariantCulture, $"{kind.Key,-17}{kind.Count()} found after {kind.Min(f => f.Seconds):0.00} to {kind.Max(f => f.Seconds):0.00} s, named {string.Join(", ", kind.Select(f => f.Why).Distinct())}")),
        string.Create(CultureInfo.InvariantCulture, $"all              p50 {report.P50Seconds:0.00} s, p99 {report.P99Seconds:0.00} s, of {report.Finds.Count} ({(report.AreAllInTime ? "in time" : "TOO LATE")}; at most {report.MostSeconds} s)"),
        $"falsely accused  {report.FalselyAccused.Count} {string.Join(", ", report.FalselyAccused)}",
    ];
}
