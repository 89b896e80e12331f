using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Monitoring;

/// <summary>The gateway's own heartbeat; bound from the section <c>Monitoring</c>.</summary>
internal sealed class GatewayMonitoringOptions
{
    /// <summary>How often the gateway shows that it lives.</summary>
    /// <value>Default 30 s; 20 ms to 1 h. As long as the silos' own, or the detectors there take it for dead.</value>
    [Range(typeof(TimeSpan), "00:00:00.020", "01:00:00")]
    public TimeSpan BeatPeriod { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How soon it is tried again after a beat that failed.</summary>
    /// <value>Default 1 s; 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the gateway may take to answer itself, and a silo to take its beat; then the beat has failed.</summary>
    /// <value>Default 3 s; 10 ms to 1 min. As long as the silos' own: a beat that fails twice is still in time for their <c>StaleAfter</c>.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(3);
}
