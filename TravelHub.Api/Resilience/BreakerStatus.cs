namespace TravelHub.Api.Resilience;

/// <summary>How a breaker stands, and what it has seen since the start.</summary>
/// <param name="State"><c>closed</c>: calls pass; <c>open</c>: none does; <c>half-open</c>: one is under way, the probe.</param>
/// <param name="NextProbe">When a call may pass again; null while closed.</param>
/// <param name="Rejected">Calls that were not made.</param>
/// <param name="Outdated">Results that came after the state of their start had ended, and did not count.</param>
internal sealed record BreakerStatus(
    string State, int ConsecutiveFailures, DateTimeOffset Since, DateTimeOffset? NextProbe, string? LastFailure, DateTimeOffset? LastFailureAt,
    long Answered, long Failed, long Rejected, long Outdated, long Probes, long Opened);
