namespace TravelHub.Grains.Analytics;

/// <param name="IsHere">Whether this silo has the role that takes analytics in.</param>
internal sealed record AnalyticsPresence(bool IsHere);
