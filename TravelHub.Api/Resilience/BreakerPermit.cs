using Polly;

namespace TravelHub.Api.Resilience;

/// <summary>Leave to make one call. It belongs to the breaker's state at its start: its result counts only while that state lasts.</summary>
/// <param name="StartedAt">The clock's timestamp.</param>
internal sealed record BreakerPermit(Breaker Breaker, long Era, long StartedAt)
{
    public static readonly ResiliencePropertyKey<BreakerPermit?> Key = new("travelhub.breaker-permit");

    /// <summary>Whether the call may still reach for the dependency again: no repeat of it does once the breaker has opened.</summary>
    public bool IsCurrent => Breaker.Era == Era;
}
