namespace TravelHub.Api.Reads;

/// <summary>The values of <see cref="Reading{T}.Source"/>; sent as they stand here.</summary>
internal static class ReadSource
{
    /// <summary>Asked of the cluster for this request.</summary>
    public const string Live = "live";

    /// <summary>Asked a moment ago.</summary>
    public const string Cache = "cache";

    /// <summary>The last good one, from before.</summary>
    public const string Stale = "stale";
}
