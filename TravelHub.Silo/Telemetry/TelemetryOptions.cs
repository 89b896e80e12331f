namespace TravelHub.Silo.Telemetry;

/// <summary>What is told of what goes on inside; bound from the section <c>Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>Whether calls are traced even where no <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set to send traces to.</summary>
    /// <value>Default false: without an endpoint nothing is traced, and nothing is carried along with calls.</value>
    public bool Traces { get; set; }

    /// <summary>Whether logs are written as JSON, one object a line, with trace ids.</summary>
    /// <value>Default false.</value>
    public bool JsonLogs { get; set; }
}
