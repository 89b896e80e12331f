using System.CommandLine;
using System.Globalization;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary><c>analytics</c>: analytics is in trouble, and bookings should not notice.</summary>
internal static class TroubleCommand
{
    public static Command Create(TimeProvider time)
    {
        var pairs = new Option<int>("--pairs") { Description = "Stretches with trouble, each beside one without, 2 to 1,000.", DefaultValueFactory = _ => 10 };
        var seconds = new Option<double>("--seconds") { Description = "How long each stretch lasts, 2 to 40.", DefaultValueFactory = _ => 20 };
        var kind = new Option<TroubleKind>("--trouble") { Description = "What analytics suffers.", DefaultValueFactory = _ => TroubleKind.Dead };
        var rate = new Option<double>("--rate") { Description = "Bookings that come each second, 1 to 5,000.", DefaultValueFactory = _ => 100 };
        var options = new LabOptions(haveCustomers: false);
        var command = new Command(
            "analytics",
            """
            Start a TravelHub of the lab's own, book at a rate, and compare the p99 of bookings with analytics in trouble to that without. Exit code 0:
            the 95 % interval of the ratio lies below 1.25, no booking failed, and the figures caught up within 90 s each time. 1: not so. 2: unusable input.
            """)
        {
            pairs, seconds, kind, rate,
        };
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            var count = LabOptions.InRange("--pairs", parsed.GetValue(pairs), 2, 1_000);
            var stretch = TimeSpan.FromSeconds(LabOptions.InRange("--seconds", parsed.GetValue(seconds), 2, 40));
            var ratePerSecond = LabOptions.InRange("--rate", parsed.GetValue(rate), 1, 5_000);
            return LabSession.Run(parsed, options, time, async (site, load, say) =>
            {
                var report = await new TroubleRun(site, load.Seed, ratePerSecond, parsed.GetValue(kind), count, stretch, say, time).Run(cancellationToken);
                return (report, null, report.Holds, Lines(report));
            });
        });
        return command;
    }

    private static string[] Lines(TroubleReport report) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{report.Kind,-17}p99 with trouble by p99 without: {report.RatioMean:0.00} (95 % interval {report.RatioFrom:0.00} to {report.RatioTo:0.00}, {report.Pairs.Count} pairs; at most {TroubleReport.MostRatio})"),
        $"bookings         {report.Pairs.Sum(pair => pair.Bookings)}, failed {report.Pairs.Sum(pair => pair.Failures)}",
        string.Create(CultureInfo.InvariantCulture, $"stood still      {report.LongestSeconds:0.00} s without a confirmation at most, in trouble"),
        .. report.Asked > 0
            ? [string.Create(CultureInfo.InvariantCulture, $"flood            {report.Asked} questions, {AnalyticsFlood.QuestionsPerSecond} a second; {report.Answered} got figures")]
            : Array.Empty<string>(),
        .. report.Missed > 0 ? [$"NOT              {report.Missed} troubles did not take place"] : Array.Empty<string>(),
        report.CaughtUpSeconds is { } caughtUp ? string.Create(CultureInfo.InvariantCulture, $"figures          caught up {caughtUp:0.0} s after the end, at the slowest") : "figures          did NOT catch up",
    ];
}
