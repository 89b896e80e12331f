using TravelHub.Testing;

namespace TravelHub.Api.Tests.Telemetry;

/// <summary>The whole service with traces and the role analytics.</summary>
public sealed class TracedGateway : IAsyncLifetime
{
    public GatewayFixture Gateway { get; } = new()
    {
        GatewaySettings = ["--Telemetry:Traces=true", "--Telemetry:SampleRatio=0"],
        // A vote that shares its messages with a probe has them in the probe's trace.
        SiloSettings = ["--Telemetry:Traces=true", "--TravelHub:Roles=analytics", "--Analytics:ReadPeriod=00:00:01",
            "--Payments:ProbePeriod=01:00:00"],
    };

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
