namespace TravelHub.Load.Reporting;

/// <summary>The requests that were to start in one second.</summary>
/// <param name="Second">Which one, from 0, the end of the warm-up.</param>
/// <param name="Due">How many were to start in it.</param>
/// <param name="Answered">How many of them were answered, whenever and whatever.</param>
/// <param name="Succeeded">How many of them were answered with 2xx.</param>
/// <param name="Latency">Of all of them.</param>
public sealed record SecondReport(int Second, int Due, int Answered, int Succeeded, LatencySummary Latency);
