using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Running;

/// <summary>One request of a run, from its intended start to its end. Times are from the start of the run.</summary>
/// <param name="Planned">What was to be sent, and when.</param>
/// <param name="Sent">When it was sent; null when it never was.</param>
/// <param name="Completed">When its fate was known, or the run gave it up.</param>
/// <param name="IsHeld">Whether the cap on requests in flight kept it, itself or by keeping the one before it.</param>
/// <param name="Fate">What became of it.</param>
public sealed record RequestRecord(PlannedRequest Planned, TimeSpan? Sent, TimeSpan Completed, bool IsHeld, RequestFate Fate)
{
    /// <summary>From the intended start, so that whatever delayed the sending counts. For a request without an answer: the least it was.</summary>
    public TimeSpan Latency => Completed - Planned.Start;

    /// <summary>How much later than intended it was sent; null when it never was.</summary>
    public TimeSpan? StartLag => Sent - Planned.Start;
}
