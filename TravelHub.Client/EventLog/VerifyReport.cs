namespace TravelHub.Client.EventLog;

/// <summary>What a look at the whole log found.</summary>
/// <param name="Broken">How many findings there are.</param>
/// <param name="First">The first of them.</param>
internal sealed record VerifyReport(long Streams, long Events, double Seconds, long Broken, IReadOnlyList<BrokenLink> First)
{
    public bool IsWhole => Broken == 0;
}

/// <summary>Where a stream is not what was appended.</summary>
/// <param name="Version">The event's version, or the head's.</param>
internal sealed record BrokenLink(string Stream, long Version, string Why);
