using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace TravelHub.Grains.EventLog;

/// <summary>What appends show of themselves: how many go into a commit, how long it takes, and a span in the traces of those who wait for it.</summary>
internal static class LogTelemetry
{
    private static readonly ActivitySource Source = new("TravelHub");
    private static readonly Meter Meter = new("TravelHub");

    private static readonly Histogram<int> Size = Meter.CreateHistogram<int>("travelhub.log.batch.size", "{append}", "Appends in one commit.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("travelhub.log.batch.duration", "s", "From a batch's start to its commit.");

    /// <summary>
    /// A batch is written for many at once: its span stands in the trace of the first of them that has one, and is linked to the others. Null when
    /// nobody traces.
    /// </summary>
    public static Activity? StartBatch(List<PendingAppend> batch)
    {
        if (!Source.HasListeners())
            return null;
        ActivityContext? first = null;
        List<ActivityLink>? others = null;
        foreach (var append in batch)
        {
            if (append.Trace is not { } trace)
                continue;
            if (first is null)
                first = trace;
            else
                (others ??= []).Add(new ActivityLink(trace));
        }

        if (first is null || Source.StartActivity(ActivityKind.Internal, first.Value, links: others, name: "append") is not { } activity)
            return null;
        activity.SetTag("travelhub.appends", batch.Count);
        activity.SetTag("travelhub.stream", batch[0].Stream);
        return activity;
    }

    public static void Written(int appends, TimeSpan duration)
    {
        Size.Record(appends);
        Duration.Record(duration.TotalSeconds);
    }
}
