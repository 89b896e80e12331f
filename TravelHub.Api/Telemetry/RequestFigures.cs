using System.Diagnostics.Metrics;

namespace TravelHub.Api.Telemetry;

/// <summary>
/// What this gateway has answered in the last five minutes, and how fast, as its own meter <c>http.server.request.duration</c> tells of each request when
/// it ends. Files, circuits, live streams and what operators wait for are left out.
/// </summary>
internal sealed class RequestFigures : IDisposable
{
    public const int Steps = 150;

    public static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    private const string Meter = "Microsoft.AspNetCore.Hosting";
    private const string Instrument = "http.server.request.duration";
    private const int RecentSteps = 15;

    /// <summary>The step of the start: so many may be looked back from it.</summary>
    private const long FirstStep = Steps;

    private static readonly RequestKind[] Kinds = Enum.GetValues<RequestKind>();

    private readonly Lock _lock = new();
    private readonly LatencyCounts[,] _counts = new LatencyCounts[Kinds.Length, Steps + 1];   // one more: the step that is not over yet
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly MeterListener _listener = new();
    private long _step;

    public RequestFigures(IMeterFactory meters, TimeProvider time)
    {
        (_time, _start) = (time, time.GetTimestamp());
        _step = FirstStep;
        foreach (var kind in Kinds)
        {
            for (var i = 0; i <= Steps; i++)
                _counts[(int)kind, i] = new LatencyCounts();
        }

        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == Instrument && instrument.Meter.Name == Meter && ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            if (KindOf(tags) is { } kind)
                Record(kind, TimeSpan.FromSeconds(seconds));
        });
        _listener.Start();
    }

    public void Record(RequestKind kind, TimeSpan took)
    {
        lock (_lock)
        {
            Advance();
            _counts[(int)kind, Slot(_step)].Add(took.TotalMilliseconds);
        }
    }

    /// <summary>The steps that are over, the oldest first.</summary>
    public KindFigures Read(RequestKind kind)
    {
        lock (_lock)
        {
            Advance();
            var steps = Enumerable.Range(1, Steps).Select(i => _step - Steps - 1 + i).ToArray();
            var recent = new LatencyCounts();
            foreach (var step in steps[^RecentSteps..])
                recent.Add(_counts[(int)kind, Slot(step)]);
            return new KindFigures(
                [.. steps.Select(step => step < FirstStep ? (double?)null : _counts[(int)kind, Slot(step)].Total / Step.TotalSeconds)],
                [.. steps.Select(step => _counts[(int)kind, Slot(step)].Percentile(0.95))],
                recent.Total / (RecentSteps * Step.TotalSeconds), recent.Percentile(0.5), recent.Percentile(0.95));
        }
    }

    public void Dispose() => _listener.Dispose();

    /// <returns>Null for what is not counted.</returns>
    internal static RequestKind? KindOf(string method, string route) => route.Trim('/') switch
    {
        "v1/search" or "stays" => RequestKind.Search,
        var way when way.EndsWith("/live", StringComparison.Ordinal) || way.StartsWith("v1/cluster", StringComparison.Ordinal) => null,
        var way when method == HttpMethods.Post && IsBelow(way, "v1/reservations", "checkout", "trips") => RequestKind.Booking,
        var way when way.Length == 0 || IsBelow(way, "v1", "stays", "checkout", "trips") => RequestKind.Other,
        _ => null,
    };

    private static bool IsBelow(string way, params ReadOnlySpan<string> tops)
    {
        foreach (var top in tops)
        {
            if (way.StartsWith(top, StringComparison.Ordinal) && (way.Length == top.Length || way[top.Length] == '/'))
                return true;
        }

        return false;
    }

    private static RequestKind? KindOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? method = null, route = null;
        foreach (var (name, value) in tags)
        {
            if (name == "http.request.method")
                method = value as string;
            else if (name == "http.route")
                route = value as string;
        }

        return method is null || route is null ? null : KindOf(method, route);
    }

    // Steps in which nothing ended are empty ones.
    private void Advance()
    {
        var now = Now();
        for (var step = Math.Max(_step + 1, now - Steps); step <= now; step++)
        {
            foreach (var kind in Kinds)
                _counts[(int)kind, Slot(step)].Clear();
        }

        _step = Math.Max(_step, now);
    }

    private long Now() => FirstStep + (long)(_time.GetElapsedTime(_start) / Step);

    private static int Slot(long step) => (int)(step % (Steps + 1));
}

/// <summary>How many requests of a kind were answered, and how fast.</summary>
/// <param name="PerSecond">For each step; null before the gateway's start.</param>
/// <param name="P95Ms">For each step: 95 of 100 requests took no longer; null where there was none.</param>
/// <param name="RecentPerSecond">Of the last half minute, as the two after it.</param>
internal sealed record KindFigures(
    IReadOnlyList<double?> PerSecond, IReadOnlyList<double?> P95Ms, double RecentPerSecond, double? RecentMedianMs, double? RecentP95Ms);
