using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Resilience;

/// <summary>When a dependency is left alone, and for how long; bound from the section <c>Breaker</c>.</summary>
internal sealed class BreakerOptions
{
    /// <summary>How many consecutive failures open the breaker, counted as they complete.</summary>
    /// <value>Default 5; 1 to 1,000. One call that succeeds begins the count anew.</value>
    [Range(1, 1000)]
    public int FailuresToOpen { get; set; } = 5;

    /// <summary>How long no call is let through after the last failure; then one is, the probe.</summary>
    /// <value>Default 10 s; 100 ms to 10 min. A dependency that is back is not used for up to this long.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a probe may take before another may start and its own result counts no more.</summary>
    /// <value>Default 15 s; 100 ms to 10 min. Shorter than <see cref="CallOptions.WriteTimeout"/>, a slow answer to the probe comes too late.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The lab's control: calls go through, whatever became of those before. No setting of its own can say so.</summary>
    internal bool IsOff { get; set; }
}
