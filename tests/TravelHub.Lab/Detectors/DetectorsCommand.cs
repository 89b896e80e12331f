using System.CommandLine;
using System.Globalization;

namespace TravelHub.Lab.Detectors;

/// <summary><c>detectors</c>: every component dies, and each detector has to say so.</summary>
internal static class DetectorsCommand
{
    public static Command Create(TimeProvider time)
    {
        var rounds = new Option<int>("--rounds") { Description = "How often each component is killed, 1 to 200.", DefaultValueFactory = _ => 1 };
        var compress = new Option<double>("--compress") { Description = "Divides the seed's periods (heartbeat 30 s, checked each minute; ping 5 min), 1 to 20.", DefaultValueFactory = _ => 1 };
        var only = new Option<string[]>("--only") { Description = "Which components to kill, such as payments or silo-2. Default: all.", AllowMultipleArgumentsPerToken = true };
        var options = new LabOptions(haveCustomers: false);
        var command = new Command(
            "detectors",
            """
            Start a TravelHub of the lab's own, kill each component at random moments, and measure when heartbeat, ping/echo, Orleans' membership and a φ-accrual detector
            on the same heartbeats say so. Times are as with the seed's periods. Exit code 0: heartbeat noticed every death within 120 s, and ping did not.
            1: not so. 2: unusable input.
            """)
        {
            rounds, compress, only,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = LabOptions.InRange("--rounds", parsed.GetValue(rounds), 1, 200);
            var periods = new DetectorPeriods(LabOptions.InRange("--compress", parsed.GetValue(compress), 1, 20));
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new DetectorsRun(site, load.Seed, periods, count, say, time) { Only = parsed.GetValue(only) is { Length: > 0 } some ? some : null }.Run(cancellationToken);
                return (report, null, report.Holds, Lines(report));
            });
        });
        return command;
    }

    private static string[] Lines(DetectorsReport report) =>
    [
        $"{"",-14}{string.Concat(DetectorsReport.Detectors.Select(detector => $"{detector,-28}"))}",
        .. report.Kills.Select(kill => kill.Component).Distinct().Order(StringComparer.Ordinal).Select(component => Line(component, report, component)),
        Line("all", report, null),
        string.Create(CultureInfo.InvariantCulture, $"mistakes      {string.Join(", ", report.Mistakes.Select(m => $"{m.Key} {m.Value}"))} while the silos lived; in all {report.Hours:0.0} h as the periods count"),
        string.Create(CultureInfo.InvariantCulture, $"heartbeat     at most {report.MaxHeartbeatSeconds:0.0} s of {DetectorsReport.MostSeconds} ({report.Kills.Count} deaths)"),
        string.Create(CultureInfo.InvariantCulture, $"ping          later than {DetectorsReport.MostSeconds} s: {report.TooLateForPing} of {report.Times("ping").Count}"),
        .. report.Unusable.Select(why => $"unusable      {why}"),
    ];

    // Shortest, median and longest.
    private static string Line(string name, DetectorsReport report, string? component) =>
        $"{name,-14}{string.Concat(DetectorsReport.Detectors.Select(detector => $"{Times(report.Times(detector, component)),-28}"))}";

    private static string Times(IReadOnlyList<double> seconds) => seconds.Count == 0 ? "-"
        : string.Create(CultureInfo.InvariantCulture, $"{seconds[0]:0.0} {seconds[seconds.Count / 2]:0.0} {seconds[^1]:0.0} s ({seconds.Count})");
}
