namespace TravelHub.Load.Sending;

/// <summary>What became of a request, as far as the sender knows.</summary>
public abstract record RequestFate
{
    /// <summary>It was answered, whatever the answer.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Reservation">The id of the reservation that the answer speaks of, or null.</param>
    /// <param name="Search">What a search found; null for anything else, and where the sender does not look.</param>
    public sealed record Answered(int Status, Guid? Reservation, SearchFinding? Search = null) : RequestFate
    {
        /// <summary>Whether it was granted.</summary>
        public bool IsSuccess => Status is >= 200 and < 300;
    }

    /// <summary>It was sent and no answer came. The target may have carried it out, or may yet; so this is no failure.</summary>
    /// <param name="Why">What was seen instead of an answer.</param>
    public sealed record Indeterminate(string Why) : RequestFate;

    /// <summary>No connection could be made, so the target has not seen it.</summary>
    /// <param name="Why">What kept it.</param>
    public sealed record Unreachable(string Why) : RequestFate;

    /// <summary>The cap on requests in flight held it until the run was over.</summary>
    public sealed record NeverSent : RequestFate;
}
