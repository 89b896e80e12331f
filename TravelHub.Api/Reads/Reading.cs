namespace TravelHub.Api.Reads;

/// <summary>An answer, how old it is, and whence it comes.</summary>
/// <param name="AsOf">When it was asked for: nothing that happened before is missing.</param>
/// <param name="Source">One of <see cref="ReadSource"/>.</param>
/// <param name="Degraded">Whether something behind it does not work as it should.</param>
internal sealed record Reading<T>(T Value, DateTimeOffset AsOf, string Source, bool Degraded)
{
    /// <summary>Too old to promise a price by.</summary>
    public bool IsStale => Source == ReadSource.Stale;
}
