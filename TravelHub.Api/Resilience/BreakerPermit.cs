using Polly;

namespace TravelHub.Api.Resilience;

/// <summary>Leave to make one call. It belongs to the breaker's state at its start: its result counts only while that state lasts.</summary>
/// <param name="StartedAt">The clock's timestamp.</param>
/// <param name="IsProbe">Whether it is the one call that is let through after a break.</param>
internal sealed record BreakerPermit(Breaker Breaker, long Era, long StartedAt, bool IsProbe = false)
{
    public static readonly ResiliencePropertyKey<BreakerPermit?> Key = new("travelhub.breaker-permit");

    /// <summary>Whether the call may still reach for the dependency again: no repeat of it does once the breaker has opened.</summary>
    public bool IsCurrent => Breaker.Era == Era;
}
