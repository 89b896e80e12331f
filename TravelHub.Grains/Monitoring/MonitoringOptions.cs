using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// The detectors' periods. With the defaults a death is noticed by its heartbeat at most 105 s after the last one, and by ping only up to 311 s after it.
/// </summary>
public sealed class MonitoringOptions : IValidatableObject
{
    /// <summary>Whether this silo beats, watches and judges. The same on all silos.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often a component shows that it lives.</summary>
    /// <value>Default 30 s; 20 ms to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "01:00:00")]
    public TimeSpan BeatPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How old the last heartbeat may be before a check takes its component for dead.</summary>
    /// <value>Default 45 s; at least a beat period, four times the patience and three times the store's period together: so late a beat can be whose
    /// store was away for less than anybody notices.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "02:00:00")]
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromSeconds(45);

    /// <summary>How often heartbeats are checked.</summary>
    /// <value>Default 60 s; 20 ms to 1 h. With <see cref="StaleAfter"/> it adds up to the longest that a death stays unnoticed. Reminders don't go below 1 s: shorter periods run on
    /// a timer that a reminder of 1 s brings back.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "01:00:00")]
    public TimeSpan CheckPeriod { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a component is asked for an echo.</summary>
    /// <value>Default 5 min; 20 ms to 1 day. Below 1 s as <see cref="CheckPeriod"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "1.00:00:00")]
    public TimeSpan PingPeriod { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a component may take to answer when it is exercised or asked for an echo; then it has not.</summary>
    /// <value>Default 3 s; 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How often each silo looks whether the store of the heartbeats is there, and how soon it tries again to beat when it could not.</summary>
    /// <value>Default 1 s; 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan StorePeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it stays on record what was detected.</summary>
    /// <value>Default 90 days; 1 h to 10 years.</value>
    [Range(typeof(TimeSpan), "01:00:00", "3650.00:00:00")]
    public TimeSpan DetectionsKept { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The longest that the store can be away without a silo's noticing.</summary>
    internal TimeSpan Blink => Patience + (2 * StorePeriod);

    /// <summary>From a ping that nobody answers to the verdict: it is asked a second time, a blink later.</summary>
    internal TimeSpan EchoMissedAfter => (2 * Patience) + Blink;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (StaleAfter < BeatPeriod + (4 * Patience) + (3 * StorePeriod))
            yield return new ValidationResult(
                $"{nameof(StaleAfter)} must not be shorter than {nameof(BeatPeriod)}, four times {nameof(Patience)} and three times {nameof(StorePeriod)} together.");
    }
}
