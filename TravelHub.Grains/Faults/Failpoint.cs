namespace TravelHub.Grains.Faults;

/// <summary>A place at which a silo can be made to die.</summary>
/// <param name="Doing">What it dies at: the type of an event that is appended, or one of <see cref="Failpoints"/>' other deeds.</param>
/// <param name="IsDone">Whether it dies after the deed is done and before anyone is told, or before it is done.</param>
/// <param name="Withheld">What waits for the death before it is done, so that it certainly has no effect: a deed as above, or null.</param>
internal sealed record Failpoint(string Name, string Doing, bool IsDone, string? Withheld = null);
