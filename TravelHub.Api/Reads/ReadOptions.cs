using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Reads;

/// <summary>How long answers are kept, and for whom; bound from the section <c>Reads</c>.</summary>
internal sealed class ReadOptions : IValidatableObject
{
    /// <summary>How long an answer is given again without asking.</summary>
    /// <value>Default 700 ms; 1 ms to 1 min. From half of it on it is asked anew in the background. Not longer than <see cref="FreshFor"/>.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan CacheFor { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How old an answer may be, counted from the moment at which it was asked for, before it is called stale and loses its quotes.</summary>
    /// <value>Default 1 s; 1 ms to 5 min. Availability follows bookings within this time.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:05:00")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a caller waits for a new answer when there is an old one to give; the question goes on without him.</summary>
    /// <value>Default 300 ms; 10 ms to 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>How long an answer is kept for the time when no other is to be had.</summary>
    /// <value>Default 24 h; 1 s to 7 days.</value>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Answers in memory at most; the longest unused go first.</summary>
    /// <value>
    /// Default 20,000; 100 to 10,000,000. A search of twenty offers for three nights counts as one, and so does a room type's calendar of a year; what is
    /// longer counts as several. One takes up to 20 KB, and a search's 40 KB more for its pages as they are sent: 1.2 GB in all at most.
    /// </value>
    [Range(100, 10_000_000)]
    public int MostEntries { get; set; } = 20_000;

    /// <summary>StackExchange.Redis configuration of a server that gateways share answers through, such as <c>127.0.0.1:6379</c>.</summary>
    /// <value>Default none: each gateway has its own, and forgets them when it ends.</value>
    public string? Redis { get; set; }

    /// <summary>The lab's control: what the cluster does not answer is an error, whatever is remembered. No setting of its own can say so.</summary>
    internal bool IsDirect { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (CacheFor > FreshFor)
            yield return new ValidationResult("Reads:CacheFor must not be longer than Reads:FreshFor.");
        if (FreshFor > KeepFor)
            yield return new ValidationResult("Reads:FreshFor must not be longer than Reads:KeepFor.");
    }
}
