using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Replay;

/// <summary>All that a replay found; what <c>--json</c> prints.</summary>
/// <param name="LongestStretchSeconds">The longest time in which nobody's request succeeded.</param>
/// <param name="Requests">Bookings and cancellations answered; repetitions of one request count once.</param>
internal sealed record ReplayReport(
    string Run, string File, int Clients, decimal CapacityShare, int ShiftWeeks, IReadOnlyList<string> Properties, int Rows,
    IReadOnlyList<OddReport> Odd, int OddRows, int Sent, int Accepted, int SoldOut, int Cancelled, int CancellationsSkipped, int Errors,
    IReadOnlyList<string> FirstErrors, int Requests, double ElapsedSeconds, double RequestsPerSecond, double BookingP50Ms,
    double BookingP99Ms, double LongestStretchSeconds, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Whether everything went as it should. A check that could not be made is not passed, nor is a run in which nobody got a room.</summary>
    public bool Passed => Accepted > 0 && Errors == 0 && Checks.All(check => check.Holds == true);
}

/// <param name="First">Where the first of them stand.</param>
internal sealed record OddReport(string Kind, int Rows, IReadOnlyList<string> First);
