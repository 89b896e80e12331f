using Microsoft.Extensions.DependencyInjection;

namespace TravelHub.Grains.Monitoring;

/// <summary>Registers the detectors of a silo.</summary>
internal static class TravelHubMonitoring
{
    public static ISiloBuilder AddMonitoring(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSingleton<MonitoringStore>();
        services.AddSingleton<ComponentProbes>();
        services.AddSingleton<StoreWatch>();
        services.AddSingleton<ComponentBeats>();
        services.AddHostedService(s => s.GetRequiredService<StoreWatch>());
        services.AddHostedService(s => s.GetRequiredService<ComponentBeats>());
        services.AddHostedService<MembershipWatch>();
        return silo.AddStartupTask((s, _) =>
        {
            s.GetRequiredService<ComponentBeats>().Begin();
            return Task.CompletedTask;
        });
    }
}
