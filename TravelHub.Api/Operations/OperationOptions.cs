using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Operations;

/// <summary>How the gateway carries out what operators ask for.</summary>
internal sealed class OperationOptions : IValidatableObject
{
    /// <summary>How long an answer waits for the state that was asked for, before it says how far it came.</summary>
    /// <value>Default 60 s; 100 ms to 10 min. A silo that starts on a busy machine takes some ten seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan WaitFor { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a silo's start may take until the membership shows it. One that is taken away when it is dead is gone when it has stayed so for this long.</summary>
    /// <value>
    /// Default 30 s; 0 to 5 min. Shorter than <see cref="WaitFor"/>, or such a silo is never seen gone; shorter than a start takes, and one that was on its
    /// way may show up for a moment after it was said to be gone.
    /// </value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LongestStart { get; set; } = TimeSpan.FromSeconds(30);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestStart >= WaitFor)
            yield return new ValidationResult("Operations:LongestStart must be shorter than Operations:WaitFor.");
    }
}
