using System.Globalization;

namespace TravelHub.Lab.Detectors;

/// <summary>The seed's periods, each divided by the same number.</summary>
internal sealed record DetectorPeriods(double Compressed)
{
    public TimeSpan Beat => Of(30);

    public TimeSpan StaleAfter => Of(45);

    public TimeSpan Check => Of(60);

    public TimeSpan Ping => Of(300);

    public TimeSpan Patience => Of(3);

    public TimeSpan Store => Of(1);

    /// <summary>What a time of this run would have been with the seed's periods.</summary>
    public double Seconds(TimeSpan measured) => measured.TotalSeconds * Compressed;

    /// <summary>The variables of all processes.</summary>
    public IReadOnlyDictionary<string, string> Settings() => new Dictionary<string, string>
    {
        ["Monitoring__BeatPeriod"] = Text(Beat),
        ["Monitoring__StaleAfter"] = Text(StaleAfter + TimeSpan.FromMilliseconds(1)),
        ["Monitoring__CheckPeriod"] = Text(Check),
        ["Monitoring__PingPeriod"] = Text(Ping),
        ["Monitoring__Patience"] = Text(Patience),
        ["Monitoring__StorePeriod"] = Text(Store),
        ["Monitoring__RetryPeriod"] = Text(Store),
    };

    private TimeSpan Of(double seconds) => TimeSpan.FromSeconds(seconds / Compressed);

    private static string Text(TimeSpan period) => period.ToString("c", CultureInfo.InvariantCulture);
}
