using System.Globalization;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Client.Replay;

/// <summary>Writes a report for people.</summary>
internal static class ReplayReportText
{
    public static void Write(ReplayReport report, TextWriter output)
    {
        Line("run", $"{report.Run}, dates moved by {report.ShiftWeeks} weeks, clients: {report.Clients}, share of capacity: {report.CapacityShare}");
        Line("properties", $"{string.Join(", ", report.Properties)}");
        Line("rows", $"{report.Rows}: {report.Sent} sent, {report.OddRows} odd");
        foreach (var odd in report.Odd.Where(odd => odd.Rows > 0))
            Line($"  {odd.Kind}", $"{odd.Rows} ({string.Join("; ", odd.First)}{(odd.Rows > odd.First.Count ? "; …" : "")})");
        Line("accepted", $"{report.Accepted}");
        Line("sold out", $"{report.SoldOut}");
        Line("cancelled", $"{report.Cancelled} ({report.CancellationsSkipped} skipped: not accepted before)");
        Line("errors", $"{report.Errors}");
        foreach (var error in report.FirstErrors)
            output.WriteLine($"    {error}");
        Line("throughput", $"{report.RequestsPerSecond:0.0} requests/s ({report.Requests} in {report.ElapsedSeconds:0.0} s)");
        Line("booking", $"p50 {report.BookingP50Ms:0.0} ms, p99 {report.BookingP99Ms:0.0} ms");
        Line("no success", $"for {report.LongestStretchSeconds:0.0} s at the longest");
        output.WriteLine();
        foreach (var check in report.Checks)
            Write(check, output);
        output.WriteLine(report.Passed ? "passed" : "FAILED");

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-16}{value.ToString(CultureInfo.InvariantCulture)}");
    }

    private static void Write(CheckResult check, TextWriter output)
    {
        var verdict = check.Holds switch { true => "ok", false => "FAILED", null => "NOT MADE" };
        output.WriteLine($"{verdict,-10}{check.Name} ({check.Numbers})");
        foreach (var offender in check.Offenders)
            output.WriteLine($"    {offender}");
    }
}
