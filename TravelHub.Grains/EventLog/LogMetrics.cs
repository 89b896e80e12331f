using System.Diagnostics.Metrics;

namespace TravelHub.Grains.EventLog;

/// <summary>What the log's readers have yet to see, as metrics of the meter <c>TravelHub.EventLog</c>; the tag <c>reader</c> names whose.</summary>
internal sealed class LogMetrics
{
    public const string MeterName = "TravelHub.EventLog";

    private readonly Gauge<long> _events;
    private readonly Gauge<double> _seconds;

    public LogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _events = meter.CreateGauge<long>("travelhub.log.lag.events", "{event}", "Events that a reader has not dealt with, up to 100,000.");
        _seconds = meter.CreateGauge<double>("travelhub.log.lag", "s", "Age of the oldest event that a reader has not dealt with.");
    }

    public void Report(string reader, ReaderLag lag)
    {
        _events.Record(lag.Events, new KeyValuePair<string, object?>("reader", reader));
        _seconds.Record(lag.Behind.TotalSeconds, new KeyValuePair<string, object?>("reader", reader));
    }
}
