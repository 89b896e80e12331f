using TravelHub.Load.Reporting;

namespace TravelHub.Load.Running;

/// <summary>What a <see cref="ClosedLoop"/> found.</summary>
/// <param name="Confirmed">Bookings that were answered with 201.</param>
/// <param name="Other">Requests that ended in any other way.</param>
/// <param name="Latency">Of all requests, whatever became of them; null when there was none.</param>
public sealed record ClosedLoopReport(long Confirmed, long Other, TimeSpan Elapsed, LatencySummary? Latency)
{
    /// <summary>Confirmed bookings a second.</summary>
    public double PerSecond => Confirmed / Elapsed.TotalSeconds;
}
