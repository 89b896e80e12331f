using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Tests.EventLog;

public sealed class LogMetricsTests
{
    [Fact]
    public void Report_Lag_IsMeasuredInEventsAndSecondsByReader()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var metrics = new LogMetrics(factory);
        var seen = new List<(string, double, object?)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Scope == factory)
                    me.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => seen.Add((instrument.Name, value, tags[0].Value)));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => seen.Add((instrument.Name, value, tags[0].Value)));
        listener.Start();

        metrics.Report("inventory", new ReaderLag(7, TimeSpan.FromSeconds(2.5), TimeSpan.Zero));

        Assert.Equal([("travelhub.log.lag.events", 7d, "inventory"), ("travelhub.log.lag", 2.5, "inventory")], seen);
    }
}
