using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using TravelHub.Api.Telemetry;

namespace TravelHub.Api.Tests.Telemetry;

public sealed class GatewayTelemetryTests
{
    [Theory]
    [InlineData(3, 3)]
    [InlineData(5_000, GatewayTelemetry.MostRequestSeries + 1)]   // what is more is counted as one
    public void AddFigures_RequestsOfManyKinds_AreToldApartUpToTheLimit(int kinds, int most)
    {
        // Gateways beside this test have a meter of the same name; the version tells this one from theirs.
        var version = Guid.NewGuid().ToString();
        using var meter = new Meter("Microsoft.AspNetCore.Hosting", version);
        var series = new SeriesCount(version);
        using var reader = new BaseExportingMetricReader(series);
        using var provider = Sdk.CreateMeterProviderBuilder().AddFigures().AddReader(reader).Build();
        var duration = meter.CreateHistogram<double>("http.server.request.duration", "s");

        for (var i = 0; i < kinds; i++)
            duration.Record(0.01, new("http.request.method", "GET"), new("http.route", $"/v1/{i}"), new("http.response.status_code", 200), new("url.scheme", $"x{i}"));
        reader.Collect();

        Assert.InRange(series.Count, Math.Min(kinds, most), most);
        Assert.Equal(kinds, series.Measurements);
    }

    private sealed class SeriesCount(string version) : BaseExporter<Metric>
    {
        public int Count { get; private set; }

        public long Measurements { get; private set; }

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                if (metric.MeterVersion != version)
                    continue;
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    Count++;
                    Measurements += point.GetHistogramCount();
                }
            }
            return ExportResult.Success;
        }
    }
}
