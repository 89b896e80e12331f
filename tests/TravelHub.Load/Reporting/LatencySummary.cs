namespace TravelHub.Load.Reporting;

/// <summary>Latencies in milliseconds, by nearest rank.</summary>
/// <param name="Count">How many there were.</param>
public sealed record LatencySummary(long Count, double P50Ms, double P90Ms, double P99Ms, double P999Ms, double MaxMs);
