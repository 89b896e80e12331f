namespace TravelHub.Grains.Abstractions.Analytics;

/// <summary>There are no figures to be had now; nothing else is affected.</summary>
[GenerateSerializer, Alias("travelhub.analytics-away")]
public sealed class AnalyticsAwayException : Exception
{
    public AnalyticsAwayException()
    {
    }

    public AnalyticsAwayException(string message)
        : base(message)
    {
    }

    public AnalyticsAwayException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
