using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace TravelHub.Silo.Telemetry;

/// <summary>Traces, metrics and logs of a silo.</summary>
internal static class SiloTelemetry
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] TraceSources = ["TravelHub", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Microsoft.Orleans.Storage", "Npgsql", "System.Net.Http"];

    private static readonly string[] Meters = ["TravelHub", "TravelHub.EventLog", "Microsoft.Orleans", "Npgsql"];

    // What an operator looks at. Orleans has about two hundred more, some with a series for each grain class.
    private static readonly HashSet<string> OrleansInstruments = new(StringComparer.Ordinal)
    {
        "orleans-app-requests-latency", "orleans-app-requests-timedout", "orleans-catalog-activations", "orleans-catalog-activation-created",
        "orleans-catalog-activation-destroyed", "orleans-catalog-activation-failed-to-activate", "orleans-gateway-connected-clients",
        "orleans-gateway-load-shedding", "orleans-messaging-expired", "orleans-messaging-rejected", "orleans-messaging-rerouted",
        "orleans-messaging-sent-dropped", "orleans-messaging-sent-failed", "orleans-reminders-active", "orleans-reminders-tardiness",
        "orleans-scheduler-long-running-turns", "orleans-storage-read-errors", "orleans-storage-write-errors", "orleans-storage-read-latency",
        "orleans-storage-write-latency",
    };

    /// <summary>
    /// Options come from the section <c>Telemetry</c>. Metrics are collected when somebody asks for them at <c>/metrics</c>; calls are traced, and traces
    /// and metrics sent, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.
    /// </summary>
    /// <returns>Whether calls are traced: then grains have to pass on whose trace they are part of.</returns>
    public static bool AddTelemetry(this WebApplicationBuilder builder, string siloName)
    {
        var options = builder.Configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.JsonLogs)
            WriteJson(builder.Logging);
        var isSent = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var isTraced = isSent || options.Traces;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("travelhub-silo", serviceInstanceId: siloName))
            .WithMetrics(metrics => Choose(metrics, isSent));
        if (isTraced)
        {
            // A trace begins at the gateway: what a silo does by itself is in none.
            telemetry.WithTracing(traces => Send(traces.AddSource(TraceSources).SetSampler(new ParentBasedSampler(new AlwaysOffSampler())), isSent));
        }

        return isTraced;
    }

    /// <summary><c>/metrics</c> for this machine alone.</summary>
    public static void UseMetrics(this WebApplication app) => app.UseOpenTelemetryPrometheusScrapingEndpoint(context =>
        context.Request.Path == "/metrics" && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from));

    private static void Choose(MeterProviderBuilder metrics, bool isSent)
    {
        metrics.AddMeter(Meters).AddView(instrument => instrument.Meter.Name switch
        {
            "Microsoft.Orleans" when !OrleansInstruments.Contains(instrument.Name) => MetricStreamConfiguration.Drop,
            "Npgsql" when instrument.Name is not ("db.client.connection.count" or "db.client.connection.npgsql.timeouts") => MetricStreamConfiguration.Drop,
            _ when instrument.Unit == "s" => new ExplicitBucketHistogramConfiguration { Boundaries = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] },
            _ => null,
        });
        metrics.AddPrometheusExporter();
        if (isSent)
            metrics.AddOtlpExporter();
    }

    private static void Send(TracerProviderBuilder traces, bool isSent)
    {
        if (isSent)
            traces.AddOtlpExporter();
    }

    private static void WriteJson(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O"));
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
    }
}
