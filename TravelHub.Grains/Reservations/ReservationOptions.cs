using System.ComponentModel.DataAnnotations;

namespace TravelHub.Grains.Reservations;

/// <summary>How long a reservation waits for what.</summary>
public sealed class ReservationOptions
{
    /// <summary>How long rooms that are not paid are kept; then the reservation lapses. Every pending ends by then.</summary>
    /// <value>Default 10 min; 1 s to 24 h. Longer than <see cref="AnswerWithin"/>, or a paid stay could lose its rooms.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan HoldLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a caller waits for a decision before the answer is pending. The work goes on.</summary>
    /// <value>Default 12 s; 100 ms to 25 s, below the grains' response time-out.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>After how long without an end recovery takes up a reservation.</summary>
    /// <value>Default 10 s; 10 ms to 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan ResumeAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often each recovery shard looks for what is due.</summary>
    /// <value>Default 10 s; 1 s to 1 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan RecoveryPeriod { get; set; } = TimeSpan.FromSeconds(10);
}
