namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>What analytics suffers.</summary>
internal enum TroubleKind
{
    /// <summary>Its database takes no connection.</summary>
    Dead,

    /// <summary>Its database takes its writes and never ends them.</summary>
    Hung,

    /// <summary>The dearest figures are asked for more often than they can be told; see <see cref="AnalyticsFlood"/>.</summary>
    Flooding,
}
