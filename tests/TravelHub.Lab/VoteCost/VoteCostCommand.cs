using System.CommandLine;
using System.Globalization;

namespace TravelHub.Lab.VoteCost;

/// <summary><c>vote-cost</c>: what it costs that five replicas vote.</summary>
internal static class VoteCostCommand
{
    public static Command Create(TimeProvider time)
    {
        var pairs = new Option<int>("--pairs") { Description = "How often both are measured, 1 to 1,000.", DefaultValueFactory = _ => 10 };
        var seconds = new Option<double>("--seconds") { Description = "How long a turn lasts, 1 to 3,600: once for the throughput, once for the latency.", DefaultValueFactory = _ => 10 };
        var rate = new Option<double>("--rate") { Description = "Bookings a second while the latency is taken, 0.1 to 1,000.", DefaultValueFactory = _ => 20 };
        var options = new LabOptions();
        var command = new Command(
            "vote-cost",
            """
            Start two TravelHubs of the lab's own, one of which believes a single payment replica, and measure both by turns: bookings a second with
            --clients in a closed loop, and the latency at --rate. Exit code 0: the vote adds less than 2 ms to the median and 20 ms to the 99th
            percentile, and costs less than a quarter of the throughput. 1: not so. 2: unusable input.
            """)
        {
            pairs, seconds, rate,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = LabOptions.InRange("--pairs", parsed.GetValue(pairs), 1, 1_000);
            var turn = TimeSpan.FromSeconds(LabOptions.InRange("--seconds", parsed.GetValue(seconds), 1, 3_600));
            var perSecond = LabOptions.InRange("--rate", parsed.GetValue(rate), 0.1, 1_000);
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new VoteCostRun(site, load, count, turn, perSecond, say, time).Run(cancellationToken);
                return (report, null, report.Holds, Lines(report));
            });
        });
        return command;
    }

    private static string[] Lines(VoteCostReport report) =>
    [
        Arm("five replicas", report.Five),
        Arm("one replica", report.One),
        Text($"the vote adds    p50 {report.AddedP50Milliseconds:0.00} ms (at most {VoteCostReport.MostAddedP50Milliseconds}), p99 {report.AddedP99Milliseconds:0.00} ms (at most {VoteCostReport.MostAddedP99Milliseconds})"),
        Text($"throughput       {report.ShareOfThroughput:0.00} of that of one (at least {VoteCostReport.LeastShareOfThroughput}); pairs from {report.Ratios.Min():0.00} to {report.Ratios.Max():0.00}"),
        Text($"not confirmed    {report.NotConfirmed}"),
    ];

    private static string Arm(string name, ArmFigures arm) =>
        Text($"{name,-17}p50 {arm.P50Milliseconds:0.00} ms, p99 {arm.P99Milliseconds:0.00} ms of {arm.Bookings} bookings; {arm.PerSecond:0} a second");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
