using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Tests.EventLog;

public sealed class LogMetricsTests
{
    private static readonly ReaderLag Lag = new(7, TimeSpan.FromSeconds(2.5), TimeSpan.Zero);

    [Fact]
    public void Report_Lag_IsMeasuredInEventsAndSecondsByReader() => Assert.Equal(
        [("travelhub.log.lag.events", 7d, "inventory"), ("travelhub.log.lag", 2.5, "inventory")], Measured(metrics => metrics.Report("inventory", Lag)));

    [Fact]
    public void Withdraw_OneOfTwoReaders_HasNoMeasurementUntilItReportsAgain()
    {
        Assert.Equal(["ledger", "ledger"], Measured(metrics =>
        {
            metrics.Report("inventory", Lag);
            metrics.Report("ledger", Lag);
            metrics.Withdraw("inventory");
        }).Select(m => m.Reader));
        Assert.Equal(["inventory", "inventory"], Measured(metrics =>
        {
            metrics.Withdraw("inventory");
            metrics.Report("inventory", Lag);
        }).Select(m => m.Reader));
    }

    // All that is measured when somebody asks afterwards.
    private static List<(string Name, double Value, object? Reader)> Measured(Action<LogMetrics> act)
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        var metrics = new LogMetrics(factory);
        var seen = new List<(string Name, double Value, object? Reader)>();
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

        act(metrics);
        listener.RecordObservableInstruments();

        return seen;
    }
}
