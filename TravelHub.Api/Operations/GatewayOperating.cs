using TravelHub.Api.Monitoring;

namespace TravelHub.Api.Operations;

/// <summary>Registers what operators see and do, and the gateway's own heartbeat.</summary>
internal static class GatewayOperating
{
    /// <summary>Options come from the sections <c>Operations</c> and <c>Monitoring</c> and are checked at start.</summary>
    public static void AddOperating(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OperationOptions>().BindConfiguration("Operations").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddOptions<GatewayMonitoringOptions>().BindConfiguration("Monitoring").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<SiloOperations>().AddSingleton<GrainOperations>().AddSingleton<MonitoringReads>();
        builder.Services.AddHostedService<GatewayBeats>();
    }
}
