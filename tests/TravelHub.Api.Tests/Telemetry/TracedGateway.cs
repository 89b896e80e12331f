using TravelHub.Testing;

namespace TravelHub.Api.Tests.Telemetry;

/// <summary>The whole service with traces and the role analytics.</summary>
public sealed class TracedGateway : IAsyncLifetime
{
    public GatewayFixture Gateway { get; } = new()
    {
        GatewaySettings = ["--Telemetry:Traces=true", "--Telemetry:SampleRatio=0"],
        SiloSettings = ["--Telemetry:Traces=true", "--TravelHub:Roles=analytics", "--Analytics:ReadPeriod=00:00:01"],
    };

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();
}
