namespace TravelHub.Lab.Logs;

/// <summary>All that the log says, made of its events.</summary>
/// <param name="Left">Rooms left on each night, by inventory stream.</param>
/// <param name="StreamVersions">How many events each stream has.</param>
/// <param name="Broken">Streams whose events do not follow from each other.</param>
internal sealed record ReplayedLog(
    IReadOnlyDictionary<Guid, ReplayedReservation> Reservations,
    IReadOnlyList<ReplayedHold> Holds,
    IReadOnlyDictionary<string, Func<DateOnly, int>> Left,
    IReadOnlyDictionary<string, long> StreamVersions,
    IReadOnlyList<string> Broken);

/// <summary>A reservation as its events tell.</summary>
/// <param name="IsRequested">False when only a hold ever knew of it.</param>
/// <param name="Events">Types of its events, in order.</param>
/// <param name="Inventories">The stream of each stay's inventory.</param>
/// <param name="Terms">Rooms and nights of each stay.</param>
/// <param name="FirstHold">The number of the first stay's hold: not 0 when a request was given up before this one.</param>
internal sealed record ReplayedReservation(
    Guid Id, string Status, long Version, long? TotalMinor, bool IsRequested, IReadOnlyList<string> Events, IReadOnlyList<long> PaidMinor,
    IReadOnlyList<long> RefundedMinor, IReadOnlyList<string> Inventories, IReadOnlyList<string>? Terms = null, int FirstHold = 0)
{
    /// <summary>The status of one that only a hold ever knew.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>The stay that a hold is for; none when it was placed for a request that was given up.</summary>
    public int? StayOf(int hold) => hold >= FirstHold && hold < FirstHold + Inventories.Count ? hold - FirstHold : null;

    public int Count(string type) => Events.Count(e => e == type);
}

/// <summary>A hold as its inventory's events tell.</summary>
/// <param name="Fate"><c>held</c>, <c>sold</c> or <c>released</c>.</param>
/// <param name="Placed">How often: more than once when a request came again after the hold was released.</param>
/// <param name="Terms">Its rooms and nights.</param>
internal sealed record ReplayedHold(string Inventory, Guid Reservation, int Stay, string Fate, int Placed = 1, string Terms = "");
