namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>What analytics suffers.</summary>
internal enum TroubleKind
{
    /// <summary>Its database takes no connection.</summary>
    Dead,

    /// <summary>Its database takes its writes and never ends them.</summary>
    Hung,

    /// <summary>Eight callers ask without a pause for the dearest figures.</summary>
    Flooding,
}
