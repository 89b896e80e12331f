namespace TravelHub.Grains.Abstractions.Guests;

/// <summary>One guest's personal data, which is kept beside the log.</summary>
[Alias("travelhub.guest-record")]
public interface IGuestGrain : IGrainWithGuidKey
{
    /// <summary>Erases the data for good and notes it on the reservation. A call that failed half-way is finished by its repeat.</summary>
    /// <param name="by">Which operator; it stays on record.</param>
    /// <returns>The guest's reservation, or null when there is no such guest.</returns>
    /// <exception cref="AppendRefusedException">Another activation owns the reservation's stream; repeat the call.</exception>
    /// <exception cref="LogUnavailableException">The outcome is unknown; repeat the call.</exception>
    [Alias("erase")]
    Task<Guid?> Erase(string by);
}
