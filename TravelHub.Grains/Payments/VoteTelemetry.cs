using System.Diagnostics.Metrics;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>What votes and replicas show of themselves.</summary>
internal static class VoteTelemetry
{
    private static readonly Meter Meter = new("TravelHub");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "travelhub.vote.duration", "s", "From a vote's start to its decision; the tag result is decided or no-majority.");

    private static readonly Counter<long> Findings = Meter.CreateCounter<long>(
        "travelhub.replica.findings", "{finding}", "Votes of replicas that were taken away or given back; the tag what names it.");

    public static void Voted(VoteOutcome outcome, TimeSpan duration) => Duration.Record(
        duration.TotalSeconds, new KeyValuePair<string, object?>("result", outcome is VoteOutcome.Decided ? "decided" : "no-majority"));

    public static void Found(string what) => Findings.Add(1, new KeyValuePair<string, object?>("what", what));
}
