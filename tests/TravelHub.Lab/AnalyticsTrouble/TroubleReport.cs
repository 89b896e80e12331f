using TravelHub.Lab.Experiments;
using TravelHub.Load.Running;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>Bookings for a while.</summary>
/// <param name="P99Ms">From when each was due; of one without an answer, the least it was.</param>
/// <param name="Failures">Bookings that were not confirmed.</param>
/// <param name="LongestSeconds">The longest time without a confirmation.</param>
internal sealed record Stretch(double P99Ms, int Bookings, int Failures, double LongestSeconds)
{
    public static Stretch Of(IReadOnlyList<RequestRecord> bookings, TimeSpan from, TimeSpan until) => new(
        bookings.Select(one => one.Latency.TotalMilliseconds).Order().ElementAt((int)(bookings.Count * 0.99)),
        bookings.Count, bookings.Count(one => !ArrivalsTrial.IsServed(one)), ArrivalsTrial.LongestStretch(bookings, from, until));
}

/// <summary>A stretch of calm and one of trouble beside it.</summary>
internal sealed record TroublePair(Stretch Calm, Stretch Troubled)
{
    public double Ratio => Troubled.P99Ms / Calm.P99Ms;

    public int Bookings => Calm.Bookings + Troubled.Bookings;

    public int Failures => Calm.Failures + Troubled.Failures;
}

/// <summary>What bookings noticed of analytics' trouble.</summary>
/// <param name="RatioMean">The ratio of the p99 of trouble to that of calm: its geometric mean over the pairs.</param>
/// <param name="CaughtUpSeconds">From the end of a trouble until the figures were as of then, the slowest; null when one was not in time.</param>
/// <param name="Missed">Troubles that did not take place: figures went on through them, or a flood in which no question was answered.</param>
/// <param name="Asked">Questions of the floods.</param>
/// <param name="Answered">Those of them that got figures.</param>
internal sealed record TroubleReport(
    TroubleKind Kind, IReadOnlyList<TroublePair> Pairs, double RatioFrom, double RatioMean, double RatioTo, double? CaughtUpSeconds, int Missed, long Asked, long Answered)
{
    public const double MostRatio = 1.25;

    /// <summary>The longest time without a confirmation in any trouble.</summary>
    public double LongestSeconds => Pairs.Max(pair => pair.Troubled.LongestSeconds);

    public bool Holds => RatioTo < MostRatio && CaughtUpSeconds is not null && Missed == 0 && Pairs.All(pair => pair.Failures == 0);

    public static TroubleReport Of(TroubleKind kind, IReadOnlyList<TroublePair> pairs, double? caughtUpSeconds, int missed, long asked, long answered)
    {
        var (from, mean, to) = PairedRatio.Of([.. pairs.Select(pair => pair.Ratio)]);
        return new TroubleReport(kind, pairs, from, mean, to, caughtUpSeconds, missed, asked, answered);
    }
}
