using System.Globalization;

namespace TravelHub.Load.Reporting;

/// <summary>Writes a report for people.</summary>
internal static class LoadReportText
{
    public static void Write(LoadReport report, TextWriter output)
    {
        Line("run", $"{report.Run}, seed {report.Seed}, {report.Arrivals} arrivals, {report.Rooms} rooms of {report.RoomTypes}, searches {report.SearchShare:P0}{(report.IsCut ? ", CUT SHORT" : "")}");
        Line("rate", $"asked {report.AskedPerSecond:0.0}/s, due {report.DuePerSecond:0.0}/s, sent {report.SentPerSecond:0.0}/s, answered {report.AnsweredPerSecond:0.0}/s over {report.MeasuredSeconds:0.0} s");
        Line("requests", $"{report.Due} due, {report.Sent} sent, {report.Answered} answered ({Statuses(report)}), {report.Indeterminate} indeterminate, {report.Unreachable} unreachable, {report.NeverSent} never sent; {report.WarmUpRequests} before as warm-up");
        Line("held by cap", $"{report.Held} (at most {report.MaxInFlight} in flight)");
        Latency("latency", report.Latency);
        Latency("  2xx", report.SucceededLatency);
        Latency("  bookings", report.BookingLatency);
        Latency("  searches", report.SearchLatency);
        Latency("start lag", report.StartLag);
        foreach (var (why, count) in report.Reasons)
            Line("no answer", $"{count} × {why}");

        output.WriteLine();
        output.WriteLine("second    due  answered   2xx     p50 ms     p99 ms     max ms");
        foreach (var second in report.Timeline)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{second.Second,6}{second.Due,7}{second.Answered,10}{second.Succeeded,6}{second.Latency.P50Ms,11:0.0}{second.Latency.P99Ms,11:0.0}{second.Latency.MaxMs,11:0.0}"));
        }

        void Latency(string name, LatencySummary? latency)
        {
            if (latency is not null)
                Line(name, $"p50 {latency.P50Ms:0.0}, p90 {latency.P90Ms:0.0}, p99 {latency.P99Ms:0.0}, p99.9 {latency.P999Ms:0.0}, max {latency.MaxMs:0.0} ms ({latency.Count})");
        }

        void Line(string name, FormattableString value) => output.WriteLine($"{name,-14}{value.ToString(CultureInfo.InvariantCulture)}");
    }

    private static string Statuses(LoadReport report) =>
        report.ByStatus.Count == 0 ? "none" : string.Join(", ", report.ByStatus.Select(status => $"{status.Key}: {status.Value}"));
}
