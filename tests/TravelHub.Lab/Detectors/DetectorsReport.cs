namespace TravelHub.Lab.Detectors;

/// <summary>One death and who noticed it when.</summary>
/// <param name="Seconds">By detector (heartbeat, ping, membership, phi), scaled to the seed's periods; a detector that did not notice it is missing.</param>
internal sealed record Killed(string Component, IReadOnlyDictionary<string, double> Seconds);

/// <summary>What became of all deaths.</summary>
/// <param name="Compressed">By how much the seed's periods were divided; membership keeps its own.</param>
/// <param name="Mistakes">By detector, how often somebody was said to be dead who was not.</param>
/// <param name="Hours">How long it took, scaled as the periods.</param>
internal sealed record DetectorsReport(
    int Seed, double Compressed, IReadOnlyList<Killed> Kills, IReadOnlyDictionary<string, int> Mistakes, double Hours, IReadOnlyList<string> Unusable)
{
    /// <summary>The seed's promise, which ping cannot keep.</summary>
    public const double MostSeconds = 120;

    public static readonly IReadOnlyList<string> Detectors = ["heartbeat", "ping", "membership", "phi"];

    public double? MaxHeartbeatSeconds => Times("heartbeat") is { Count: > 0 } times ? times[^1] : null;

    /// <summary>Of the deaths that ping noticed, how many it noticed too late.</summary>
    public int TooLateForPing => Times("ping").Count(seconds => seconds > MostSeconds);

    public bool Holds => Kills.Count > 0 && Unusable.Count == 0 && TooLateForPing > 0
        && Kills.All(kill => kill.Seconds.TryGetValue("heartbeat", out var seconds) && seconds <= MostSeconds);

    /// <summary>The times of a detector, the shortest first.</summary>
    /// <param name="component">One component's alone; null for all.</param>
    public IReadOnlyList<double> Times(string detector, string? component = null) =>
        [.. Kills.Where(kill => component is null || kill.Component == component).Where(kill => kill.Seconds.ContainsKey(detector)).Select(kill => kill.Seconds[detector]).Order()];
}
