using System.Globalization;
using TravelHub.Load.Reporting;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Benchmarks.Bookings;

/// <summary>Books under one load after the other, and writes a row of each.</summary>
/// <param name="times">Null where nobody tells them.</param>
internal sealed class BookingsRun(IRequestSender sender, ProcessorTimes? times, int roomTypes, TextWriter output, TimeProvider time)
{
    private const int WarmClients = 64;
    private const double MostPerSecond = 20_000;

    private readonly string _name = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
    private int _loads;

    /// <exception cref="OperationCanceledException">It was cancelled; what had been measured is written.</exception>
    public async Task Run(IReadOnlyList<BookingsLoad> loads, TimeSpan warmUp, TimeSpan each, CancellationToken cancellationToken)
    {
        if (warmUp > TimeSpan.Zero)
        {
            var warm = await new ClosedLoop(sender, time).Run(Options(warmUp, MostPerSecond, RoomsMode.Uniform), WarmClients, cancellationToken);
            output.WriteLine(FormattableString.Invariant($"Warm after {warmUp.TotalSeconds:0} s: {warm.Confirmed} bookings by {WarmClients} clients, {warm.Other} others."));
        }

        output.WriteLine("The columns after 'others' are processor milliseconds a booking; the last one is what this program took itself.");
        output.WriteLine($"{"load",-12}{"a second",9}{"p50 ms",9}{"p99 ms",9}{"others",8}{string.Concat((times?.Parts ?? []).Select(Column))}{Column("all")}{Column("load")}");
        foreach (var load in loads)
        {
            var before = times?.Read();
            var ownBefore = Environment.CpuUsage.TotalTime;
            var (confirmed, other, elapsed, latency) = await Measure(load, each, cancellationToken);
            var after = times?.Read();
            Write(load, confirmed, other, elapsed, latency, [.. (times?.Parts ?? []).Select(part => after![part] - before![part])], Environment.CpuUsage.TotalTime - ownBefore);
        }
    }

    private async Task<ClosedLoopReport> Measure(BookingsLoad load, TimeSpan each, CancellationToken cancellationToken)
    {
        if (!load.IsOpen)
            return await new ClosedLoop(sender, time).Run(Options(each, MostPerSecond, load.Rooms), (int)load.Amount, cancellationToken);
        using var run = LoadRun.Start(Options(each, load.Amount, load.Rooms), sender, time, onOver: null, cancellationToken);
        var report = await run.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        var confirmed = report.ByStatus.GetValueOrDefault(201);
        return new ClosedLoopReport(confirmed, report.Due - confirmed, each, report.Latency);
    }

    private void Write(BookingsLoad load, long confirmed, long other, TimeSpan elapsed, LatencySummary? latency, TimeSpan[] parts, TimeSpan own)
    {
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{load.Name,-12}{confirmed / elapsed.TotalSeconds,9:0}{latency?.P50Ms,9:0.0}{latency?.P99Ms,9:0.0}{other,8}{string.Concat(parts.Select(Each))}{Each(parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part))}{Each(own)}"));

        string Each(TimeSpan used) => Column((used.TotalMilliseconds / Math.Max(confirmed, 1)).ToString("0.00", CultureInfo.InvariantCulture));
    }

    private static string Column(string text) => text.PadLeft(10);

    private LoadOptions Options(TimeSpan duration, double perSecond, RoomsMode rooms) => new()
    {
        Run = $"{_name}-{_loads++}", Seed = _loads, RatePerSecond = perSecond, Rooms = rooms, RoomTypes = roomTypes, Duration = duration, WarmUp = TimeSpan.Zero,
        KeepHistory = false,
    };
}
