using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace TravelHub.Grains.EventLog;

/// <summary>
/// What the log's readers have yet to see, as metrics of the meter <c>TravelHub.EventLog</c>; the tag <c>reader</c> names whose. A reader that reads no more, or
/// elsewhere, has none: its last good figure would look like one that keeps up.
/// </summary>
internal sealed class LogMetrics
{
    public const string MeterName = "TravelHub.EventLog";

    private readonly ConcurrentDictionary<string, ReaderLag> _lags = new(StringComparer.Ordinal);

    public LogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge("travelhub.log.lag.events", () => Measure(lag => lag.Events), "{event}", "Events that a reader has not dealt with, up to 100,000.");
        meter.CreateObservableGauge("travelhub.log.lag", () => Measure(lag => lag.Behind.TotalSeconds), "s", "Age of the oldest event that a reader has not dealt with.");
    }

    public void Report(string reader, ReaderLag lag) => _lags[reader] = lag;

    /// <summary>The reader has failed, or leaves this silo.</summary>
    public void Withdraw(string reader) => _lags.TryRemove(reader, out _);

    private IEnumerable<Measurement<T>> Measure<T>(Func<ReaderLag, T> figure) where T : struct =>
        _lags.Select(lag => new Measurement<T>(figure(lag.Value), new KeyValuePair<string, object?>("reader", lag.Key)));
}
