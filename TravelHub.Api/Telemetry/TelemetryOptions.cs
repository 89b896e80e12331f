using System.ComponentModel.DataAnnotations;

namespace TravelHub.Api.Telemetry;

/// <summary>What is told of what goes on inside; bound from the section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Whether calls are traced even where no <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set to send traces to.</summary>
    /// <value>Default false: without an endpoint nothing is traced, and nothing is carried along with calls.</value>
    public bool Traces { get; set; }

    /// <summary>The share of requests that are traced when who sends them does not say (<c>traceparent</c>). The gateway decides; silos follow.</summary>
    /// <value>Default 0.01; 0 to 1.</value>
    [Range(0.0, 1.0)]
    public double SampleRatio { get; set; } = 0.01;

    /// <summary>Whether logs are written as JSON, one object a line, with trace ids.</summary>
    /// <value>Default false.</value>
    public bool JsonLogs { get; set; }
}
