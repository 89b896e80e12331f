using TravelHub.Lab.AnalyticsTrouble;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial of stretches with and without trouble of analytics by turns, in one instance: what bookings notice of it.</summary>
internal sealed class PairsTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    private const int QuickPairs = 2;

    public async Task<Dictionary<string, double>> Run(int seed, ScenarioFault fault, TimeSpan stretch, bool isQuick, CancellationToken cancellationToken)
    {
        var kind = fault.Kind switch
        {
            ScenarioFaultKind.AnalyticsDead => TroubleKind.Dead,
            ScenarioFaultKind.AnalyticsHung => TroubleKind.Hung,
            _ => TroubleKind.Flooding,
        };
        var pairs = isQuick ? QuickPairs : scenario.Load.Pairs;
        var report = await new TroubleRun(site, seed, scenario.Load.RatePerSecond, kind, pairs, stretch, say, time).Run(cancellationToken);
        if (report.Asked > 0)
            say($"{report.Asked} questions of the flood, {report.Answered} got figures");
        var (bookings, failures) = (report.Pairs.Sum(pair => pair.Bookings), report.Pairs.Sum(pair => pair.Failures));
        return new Dictionary<string, double>
        {
            [Metrics.Requests] = bookings,
            [Metrics.Succeeded] = bookings - failures,
            [Metrics.Failed] = failures,
            [Metrics.P99Ratio] = report.RatioMean,
            [Metrics.P99RatioLow] = report.RatioFrom,
            [Metrics.P99RatioHigh] = report.RatioTo,
            [Metrics.LongestStretchSeconds] = report.LongestSeconds,
            [Metrics.FaultsMissed] = report.Missed,
            [Metrics.CaughtUpSeconds] = report.CaughtUpSeconds ?? double.PositiveInfinity,
        };
    }
}
