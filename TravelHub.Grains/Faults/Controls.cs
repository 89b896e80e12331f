namespace TravelHub.Grains.Faults;

/// <summary>Tactics that a silo can run without, so that the lab has something to compare them with.</summary>
internal static class Controls
{
    /// <summary>One replica is believed, and nobody votes.</summary>
    public const string Vote = "vote";

    /// <summary>An answer does not wait for the log: what it says is written after it.</summary>
    public const string Durability = "durability";

    /// <summary>The gateway's: no breaker, no last good answer, no intake.</summary>
    public const string Resilience = "resilience";

    /// <summary>The gateway's: everybody is let in.</summary>
    public const string Limits = "limits";

    public static readonly IReadOnlyList<string> Names = [Durability, Limits, Resilience, Vote];

    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static InvalidOperationException Unknown(string? name) =>
        new($"Faults:Without '{name}' is not one of: {string.Join(", ", Names)}.");
}
