namespace TravelHub.Grains.Faults;

/// <summary>Bugs that can be planted in a silo, so that whoever looks for faults shows first that he finds one.</summary>
internal static class Plants
{
    /// <summary>An append is acknowledged before it is durable.</summary>
    public const string AckBeforeEffect = "ack-before-effect";

    /// <summary>Readers of the log go on from the position alone, whatever transactions are still open.</summary>
    public const string CursorOnIdAlone = "cursor-on-id-alone";

    /// <summary>An append goes in wherever its stream stands.</summary>
    public const string MissingFence = "missing-fence";

    /// <summary>A hold whose time is up is released, and its reservation is not asked.</summary>
    public const string HoldEndedByInventoryClock = "hold-ended-by-inventory-clock";

    public static readonly IReadOnlyList<string> Names = [AckBeforeEffect, CursorOnIdAlone, HoldEndedByInventoryClock, MissingFence];

    /// <exception cref="InvalidOperationException">There is none of this name.</exception>
    public static InvalidOperationException Unknown(string? name) =>
        new($"Faults:Plant '{name}' is not one of: {string.Join(", ", Names)}.");
}
