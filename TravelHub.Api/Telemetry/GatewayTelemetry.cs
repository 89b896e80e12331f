using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using TravelHub.Api.Access;

namespace TravelHub.Api.Telemetry;

/// <summary>Traces, metrics and logs of the gateway.</summary>
internal static class GatewayTelemetry
{
    /// <summary>Series of requests that are told apart; what is more, such as of somebody who tries everything, is counted as one.</summary>
    internal const int MostRequestSeries = 100;

    private const string RequestDuration = "http.server.request.duration";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] TraceSources = ["TravelHub", "Microsoft.AspNetCore", "Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime", "Npgsql"];

    private static readonly string[] Meters = ["TravelHub", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel"];

    private static readonly HashSet<string> Instruments = new(StringComparer.Ordinal)
    {
        RequestDuration, "http.server.active_requests", "kestrel.active_connections", "kestrel.queued_requests", "kestrel.rejected_connections",
        "orleans-app-requests-latency", "orleans-app-requests-timedout", "orleans-client-connected-gateways", "orleans-messaging-rejected",
        "orleans-messaging-sent-failed",
    };

    /// <summary>
    /// Options come from the section <c>Telemetry</c> and are checked at start. Metrics are collected when somebody asks for them at <c>/metrics</c>;
    /// requests are traced, and traces and metrics sent, where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says where to.
    /// </summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<TelemetryOptions>().BindConfiguration("Telemetry").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddMetrics().AddSingleton<GatewayMetrics>().AddSingleton<RequestFigures>();
        var options = builder.Configuration.GetSection("Telemetry").Get<TelemetryOptions>() ?? new TelemetryOptions();
        if (options.JsonLogs)
            WriteJson(builder.Logging);
        var isSent = !string.IsNullOrEmpty(builder.Configuration[OtlpEndpoint]);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("travelhub-gateway"))
            .WithMetrics(metrics => Choose(metrics, isSent));
        if (!isSent && !options.Traces)
            return builder;
        builder.UseOrleansClient(client => client.AddActivityPropagation());
        telemetry.WithTracing(traces =>
        {
            traces.AddSource(TraceSources).SetSampler(new ParentBasedSampler(new RequestSampler(options.SampleRatio)));
            if (isSent)
                traces.AddOtlpExporter();
        });
        return builder;
    }

    /// <summary><c>/metrics</c>, for this machine and for operators. After authentication; who may not see it finds nothing there.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        app.Services.GetRequiredService<GatewayMetrics>();
        app.Services.GetRequiredService<RequestFigures>();   // it counts from now on
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == "/metrics"
            && ((context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)) || context.User.IsInRole(Roles.Operator)));
    }

    /// <summary>The meters that are listened to and, of their instruments, those that are shown, with few series each.</summary>
    internal static MeterProviderBuilder AddFigures(this MeterProviderBuilder metrics) =>
        metrics.AddMeter(Meters).AddView(instrument => instrument.Meter.Name switch
        {
            not "TravelHub" when !Instruments.Contains(instrument.Name) => MetricStreamConfiguration.Drop,
            _ when instrument.Name == RequestDuration => new ExplicitBucketHistogramConfiguration
            {
                Boundaries = [0.005, 0.025, 0.1, 0.5, 2.5], TagKeys = ["http.request.method", "http.route", "http.response.status_code"], CardinalityLimit = MostRequestSeries,
            },
            _ when instrument.Unit == "s" => new ExplicitBucketHistogramConfiguration { Boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] },
            _ => null,
        });

    private static void Choose(MeterProviderBuilder metrics, bool isSent)
    {
        metrics.AddFigures().AddPrometheusExporter();
        if (isSent)
            metrics.AddOtlpExporter();
    }

    private static void WriteJson(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddJsonConsole(json => (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "O"));
        logging.Configure(o => o.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
    }
}
