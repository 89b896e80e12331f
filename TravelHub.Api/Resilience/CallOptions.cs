using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Resilience;

/// <summary>How long calls into the cluster may take; bound from the section <c>Calls</c>.</summary>
internal sealed class CallOptions : IValidatableObject
{
    /// <summary>How long a read may take in all.</summary>
    /// <value>
    /// Default 10 s; 10 ms to 1 min. Longer than a silo's death takes to be known (3 s, more on a busy machine), or such a death counts as a failure of
    /// the whole cluster. Who has an old answer waits for <c>Reads:Patience</c> only.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long a read that meets a silo on its way out is repeated.</summary>
    /// <value>Default 5 s; 0 to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan ReadRetryFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a read without an answer is asked a second time beside the first.</summary>
    /// <value>Default 2.5 s; 10 ms to 1 min. It is asked a third time after twice that.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReadAskedAgainAfter { get; set; } = TimeSpan.FromSeconds(2.5);

    /// <summary>How long a booking, payment or cancellation may take in all; then its outcome is unknown, and the intake keeps it.</summary>
    /// <value>
    /// Default 14 s; 10 ms to 1 min. Longer than the silos' <c>Reservations:AnswerWithin</c> (12 s), or a slow provider counts as a failure of the
    /// cluster; shorter than clients wait (15 s), or they hear nothing.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(14);

    /// <summary>For how long a write that meets a silo on its way out is repeated.</summary>
    /// <value>Default 5 s; 0 to 1 min. Longer than a silo's death takes to be known (3 s), or such a death sends bookings to the intake.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan WriteRetryFor { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>After how long a write without an answer is asked a second time beside the first; it joins the same work.</summary>
    /// <value>Default 4 s; 10 ms to 1 min. Longer than a silo's death takes to be known, so that the second call goes elsewhere.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan WriteAskedAgainAfter { get; set; } = TimeSpan.FromSeconds(4);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ReadRetryFor >= ReadTimeout)
            yield return new ValidationResult("Calls:ReadRetryFor must be shorter than Calls:ReadTimeout.");
        if (WriteRetryFor >= WriteTimeout)
            yield return new ValidationResult("Calls:WriteRetryFor must be shorter than Calls:WriteTimeout.");
    }
}
