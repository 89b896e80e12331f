using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.EventLog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.EventLog;

/// <summary>What a cluster's metrics show of the log's readers.</summary>
internal static class LagGauges
{
    /// <returns>The readers whose lag some silo shows now.</returns>
    public static HashSet<string> Shown(GrainCluster cluster)
    {
        var factories = cluster.Silos.Silos.Select(s => cluster.Silos.GetSiloServiceProvider(s.SiloAddress).GetRequiredService<IMeterFactory>()).ToArray();
        var readers = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, me) =>
            {
                if (instrument.Meter.Name == LogMetrics.MeterName && factories.Contains(instrument.Meter.Scope))
                    me.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => readers.Add((string)tags[0].Value!));
        listener.Start();
        listener.RecordObservableInstruments();
        return readers;
    }
}
