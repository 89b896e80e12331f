namespace TravelHub.Lab.Experiments;

/// <summary>What a trial is measured by. A trial has those that its load and faults give.</summary>
internal static class Metrics
{
    public const string Requests = "requests";
    public const string Succeeded = "succeeded";
    public const string Acknowledged = "acknowledged";
    public const string PromisesLeft = "promisesLeft";
    public const string Checks = "checks";
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
    public const string Failed = "failed";
    public const string OperationSeconds = "operationSeconds";
    public const string P99Ratio = "p99Ratio";
    public const string P99RatioLow = "p99RatioLow";
    public const string P99RatioHigh = "p99RatioHigh";
    public const string CaughtUpSeconds = "caughtUpSeconds";
    public const string HeartbeatMaxSeconds = "heartbeatMaxSeconds";
    public const string HeartbeatMistakes = "heartbeatMistakes";
    public const string PingMaxSeconds = "pingMaxSeconds";
    public const string PingLateShare = "pingLateShare";
    public const string MembershipMaxSeconds = "membershipMaxSeconds";
    public const string PhiMaxSeconds = "phiMaxSeconds";
    public const string PhiMistakes = "phiMistakes";
    public const string Unnoticed = "unnoticed";
    public const string EndedEarly = "endedEarly";
    public const string SentTimes = "sentTimes";
    public const string DeadSilos = "deadSilos";
    public const string FaultsMissed = "faultsMissed";

    /// <summary>Each with its words for people.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [Requests] = "requests",
        [Succeeded] = "requests that succeeded",
        [Acknowledged] = "answers whose promises were looked up in the log",
        [PromisesLeft] = "bookings that nobody asked for again after a 202",
        [Checks] = "checks made",
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
        [Failed] = "requests that failed though they were repeated once",
        [OperationSeconds] = "slowest operation on a silo, s",
        [P99Ratio] = "p99 with trouble by p99 without",
        [P99RatioLow] = "lower end of that ratio's 95 % interval",
        [P99RatioHigh] = "upper end of that ratio's 95 % interval",
        [CaughtUpSeconds] = "figures caught up after, s",
        [HeartbeatMaxSeconds] = "slowest detection by heartbeat, s",
        [HeartbeatMistakes] = "living components that heartbeat called dead",
        [PingMaxSeconds] = "slowest detection by ping/echo, s",
        [PingLateShare] = "share of deaths that ping/echo noticed after 120 s",
        [MembershipMaxSeconds] = "slowest detection of a silo by Orleans' membership, s",
        [PhiMaxSeconds] = "slowest detection by phi-accrual, s",
        [PhiMistakes] = "living components that phi-accrual called dead",
        [Unnoticed] = "deaths that heartbeat did not notice",
        [EndedEarly] = "loads that ended before their time",
        [SentTimes] = "requests a second that were sent, by what can be carried",
        [DeadSilos] = "silos that Orleans' membership called dead, whatever ended them",
        [FaultsMissed] = "faults that did not take place",
    };

    private static readonly string[] OfFaults = [QuarantineSeconds, FalselyAccused, OperationSeconds, FaultsMissed];

    /// <summary>Those that trials of this load may have.</summary>
    public static IReadOnlyList<string> Of(LoadKind load) => load switch
    {
        LoadKind.Arrivals =>
            [Requests, Succeeded, ServerErrorShare, UnansweredShare, UsefulShare, LongestStretchSeconds, P50Milliseconds, P99Milliseconds, LostAcknowledged, Unended, .. OfFaults],
        LoadKind.Overload => [Requests, Succeeded, PeakPerSecond, SentTimes, GoodputShare, RecoveredShare, ServerErrorShare, UnansweredShare],
        LoadKind.Replay => [Requests, Succeeded, Failed, LongestStretchSeconds, P50Milliseconds, P99Milliseconds, BrokenChecks, Checks, DeadSilos, EndedEarly, .. OfFaults],
        LoadKind.Pairs => [Requests, Succeeded, Failed, P99Ratio, P99RatioLow, P99RatioHigh, LongestStretchSeconds, CaughtUpSeconds, FaultsMissed],
        LoadKind.Detectors =>
            [Requests, Succeeded, HeartbeatMaxSeconds, HeartbeatMistakes, PingMaxSeconds, PingLateShare, MembershipMaxSeconds, PhiMaxSeconds, PhiMistakes, Unnoticed, FaultsMissed],
        _ =>
            [Requests, Succeeded, Acknowledged, PromisesLeft, UnansweredShare, LongestStretchSeconds, RestSeconds, LostAcknowledged, Doubled, WrongPrices, Oversold, BrokenChecks, Checks, DeadSilos, .. OfFaults],
    };
}
