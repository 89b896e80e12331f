namespace TravelHub.Api.Resilience;

/// <summary>The call was not made: its dependency is left alone until <see cref="RetryAfter"/> is over.</summary>
internal sealed class BreakerOpenException(Dependency dependency, TimeSpan retryAfter)
    : Exception($"{dependency} has failed repeatedly and is left alone for another {retryAfter.TotalSeconds:0.0} s.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
