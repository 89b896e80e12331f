namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>A stretch of calm and one of trouble beside it.</summary>
/// <param name="CalmP99Ms">Of bookings.</param>
internal sealed record TroublePair(double CalmP99Ms, double TroubleP99Ms, int Bookings, int Failures)
{
    public double Ratio => TroubleP99Ms / CalmP99Ms;
}

/// <summary>What bookings noticed of analytics' trouble.</summary>
/// <param name="RatioFrom">The ratio of the p99 of trouble to that of calm: 95 % interval of its geometric mean, by resampling the pairs.</param>
/// <param name="CaughtUpSeconds">From the end of the last trouble until the figures were as of then; null when not in time.</param>
internal sealed record TroubleReport(TroubleKind Kind, IReadOnlyList<TroublePair> Pairs, double RatioFrom, double RatioMean, double RatioTo, double? CaughtUpSeconds)
{
    public const double MostRatio = 1.25;

    private const int Resamples = 10_000;

    public bool Holds => RatioTo < MostRatio && CaughtUpSeconds is not null && Pairs.All(pair => pair.Failures == 0);

    public static TroubleReport Of(TroubleKind kind, IReadOnlyList<TroublePair> pairs, Random random, double? caughtUpSeconds)
    {
        double[] logs = [.. pairs.Select(pair => Math.Log(pair.Ratio))];
        var means = new double[Resamples];
        for (var i = 0; i < means.Length; i++)
        {
            for (var j = 0; j < logs.Length; j++)
                means[i] += logs[random.Next(logs.Length)] / logs.Length;
        }

        Array.Sort(means);
        return new TroubleReport(
            kind, pairs, Math.Exp(means[(int)(Resamples * 0.025)]), Math.Exp(logs.Average()), Math.Exp(means[(int)(Resamples * 0.975)]), caughtUpSeconds);
    }
}
