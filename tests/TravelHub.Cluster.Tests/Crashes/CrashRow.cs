namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>What finishes the work after the silo has died.</summary>
internal enum Finish
{
    /// <summary>Nobody calls: the reminders of recovery and resync.</summary>
    Reminders,

    /// <summary>The client repeats its command under the same key.</summary>
    Retry,

    /// <summary>Somebody looks at the property: its inventory wakes, and asks what became of holds whose time is up.</summary>
    Look,
}

/// <summary>A row of the crash table.</summary>
/// <param name="Failpoint">Where the silo dies.</param>
/// <param name="End">The reservation's status in the end.</param>
/// <param name="HoldSeconds">The hold's lifetime. The default outlives the test; a short one ends while the silo is dead, or makes it die.</param>
/// <param name="DiesAgain">Where a second silo dies, when the client repeats its command or looks at the property.</param>
/// <param name="Answer">What a retry is told; null is the end.</param>
internal sealed record CrashRow(
    string Failpoint, CrashScene Scene, Finish Finish, string End, int HoldSeconds = CrashRow.Long, string? DiesAgain = null, string? Answer = null)
{
    public const int Long = 600;

    public string Name => $"{Scene.Name}: {Failpoint}{(DiesAgain is null ? "" : $", then {DiesAgain}")}";

    /// <summary>Whether the silo that dies passes on what it reads in the log: all decisions, also those of other rows.</summary>
    public bool Resyncs => Failpoint.StartsWith("resync", StringComparison.Ordinal);
}

/// <summary>A row that is played: its reservation and its property are nobody else's.</summary>
internal sealed record CrashCase(CrashRow Row, Guid Reservation, string Property)
{
    public static CrashCase Of(CrashRow row) => new(row, Guid.NewGuid(), $"casa-{Guid.NewGuid():N}");

    public string Stream => $"reservation/{Reservation:D}";

    public string InventoryStreams => $"inventory/{Property}/";

    /// <summary>What the failpoint is armed for.</summary>
    public string ArmedStream => Row.Failpoint.StartsWith("snapshot", StringComparison.Ordinal) ? InventoryStreams : Stream;
}
