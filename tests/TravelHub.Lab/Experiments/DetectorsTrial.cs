using TravelHub.Lab.Detectors;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Experiments;

/// <summary>A trial in which components are killed one after the other, each once, and every detector is asked when it noticed.</summary>
internal sealed class DetectorsTrial(Scenario scenario, LabSite site, Action<string> say, TimeProvider time)
{
    public async Task<Dictionary<string, double>> Run(int seed, bool isQuick, CancellationToken cancellationToken)
    {
        var periods = new DetectorPeriods(scenario.Load.Compress);
        var run = new DetectorsRun(site, seed, periods, rounds: 1, say, time) { Only = isQuick && scenario.Load.QuickComponents is { } few ? few : scenario.Load.Components };
        var report = await run.Run(cancellationToken);
        foreach (var why in report.Unusable)
            say(why);
        var values = new Dictionary<string, double>
        {
            [Metrics.Requests] = report.Kills.Count,
            [Metrics.Succeeded] = report.Kills.Count,
            [Metrics.FaultsMissed] = report.Unusable.Count,
            [Metrics.Unnoticed] = report.Kills.Count(kill => !kill.Seconds.ContainsKey("heartbeat")),
            [Metrics.PingLateShare] = (double)report.TooLateForPing / Math.Max(1, report.Times("ping").Count),
            [Metrics.HeartbeatMistakes] = report.Mistakes.GetValueOrDefault("heartbeat"),
            [Metrics.PhiMistakes] = report.Mistakes.GetValueOrDefault("phi"),
        };
        foreach (var (metric, detector) in new[]
        {
            (Metrics.HeartbeatMaxSeconds, "heartbeat"), (Metrics.PingMaxSeconds, "ping"), (Metrics.MembershipMaxSeconds, "membership"), (Metrics.PhiMaxSeconds, "phi"),
        })
        {
            if (report.Times(detector) is { Count: > 0 } times)
                values[metric] = times[^1];
        }

        return values;
    }
}
