namespace TravelHub.Lab.Experiments;

/// <summary>What a trial is measured by. A trial has those that its load and faults give.</summary>
internal static class Metrics
{
    public const string Requests = "requests";
    public const string Succeeded = "succeeded";
    public const string LongestStretchSeconds = "longestStretchSeconds";
    public const string RestSeconds = "restSeconds";
    public const string LostAcknowledged = "lostAcknowledged";
    public const string Doubled = "doubled";
    public const string WrongPrices = "wrongPrices";
    public const string Oversold = "oversold";
    public const string BrokenChecks = "brokenChecks";
    public const string QuarantineSeconds = "quarantineSeconds";
    public const string FalselyAccused = "falselyAccused";
    public const string ServerErrorShare = "serverErrorShare";
    public const string UnansweredShare = "unansweredShare";
    public const string UsefulShare = "usefulShare";
    public const string P50Milliseconds = "p50Milliseconds";
    public const string P99Milliseconds = "p99Milliseconds";
    public const string Unended = "unended";
    public const string PeakPerSecond = "peakPerSecond";
    public const string GoodputShare = "goodputShare";
    public const string RecoveredShare = "recoveredShare";
    public const string FullServiceSeconds = "fullServiceSeconds";

    /// <summary>Each with its words for people.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [Requests] = "requests",
        [Succeeded] = "requests that succeeded",
        [LongestStretchSeconds] = "longest time without a success, s",
        [RestSeconds] = "time until nothing was pending, s",
        [LostAcknowledged] = "acknowledged effects that are lost",
        [Doubled] = "effects that happened twice, or charges that differ",
        [WrongPrices] = "customers who paid a wrong price",
        [Oversold] = "nights over capacity",
        [BrokenChecks] = "checks that do not hold",
        [QuarantineSeconds] = "slowest liar's time to quarantine, s",
        [FalselyAccused] = "honest replicas that lost their vote",
        [ServerErrorShare] = "share of answers 5xx",
        [UnansweredShare] = "share without an answer",
        [UsefulShare] = "share of useful answers",
        [P50Milliseconds] = "latency p50, ms",
        [P99Milliseconds] = "latency p99, ms",
        [Unended] = "accepted bookings without an end",
        [PeakPerSecond] = "bookings a second that can be carried",
        [GoodputShare] = "goodput under ten times that, as a share of it",
        [RecoveredShare] = "share of successes after the overload",
        [FullServiceSeconds] = "full service after the database, s",
    };
}
