namespace TravelHub.Grains.Faults;

/// <summary>Tactics that a silo can run without, so that the lab has something to compare them with.</summary>
internal static class Controls
{
    /// <summary>One replica is believed, and nobody votes.</summary>
    public const string Vote = "vote";

    public static readonly IReadOnlyList<string> Names = [Vote];

    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static InvalidOperationException Unknown(string? name) =>
        new($"Faults:Without '{name}' is not one of: {string.Join(", ", Names)}.");
}
