using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using TravelHub.Grains.Abstractions.Analytics;

namespace TravelHub.Grains.Analytics;

/// <summary>Registers analytics.</summary>
public static class TravelHubAnalytics
{
    /// <summary>The role's name in <c>TravelHub:Roles</c>.</summary>
    public const string Role = "analytics";

    /// <summary>
    /// Every silo knows where analytics may live; one with <c>analytics</c> among its <c>TravelHub:Roles</c> (separated by commas; by default that role)
    /// takes it in. Options are bound from the section <c>Analytics</c> and checked at start. Whether the database is there is found out later.
    /// </summary>
    public static ISiloBuilder AddAnalytics(this ISiloBuilder silo, IConfiguration configuration)
    {
        silo.Services.AddOptions<AnalyticsOptions>().Bind(configuration.GetSection("Analytics")).ValidateDataAnnotations().ValidateOnStart();
        silo.Services.AddPlacementFilter<AnalyticsRole, AnalyticsRoleDirector>(ServiceLifetime.Singleton);
        silo.Services.AddSingleton(services => AnalyticsDatabase.Of(configuration, services.GetRequiredService<IOptions<AnalyticsOptions>>().Value));
        var roles = (configuration["TravelHub:Roles"] ?? Role).Split(',', StringSplitOptions.TrimEntries);
        var presence = new AnalyticsPresence(roles.Contains(Role, StringComparer.OrdinalIgnoreCase));
        silo.Services.AddSingleton(presence);
        if (!presence.IsHere)
            return silo.UseSiloMetadata([]);
        silo.UseSiloMetadata(new Dictionary<string, string> { [AnalyticsRole.Metadata] = "true" });
        return silo.AddStartupTask(ArrangeReminder);
    }

    // Bookings do not wait for it, nor does the start fail with it: the reminder is permanent, and any silo's start renews it.
    private static Task ArrangeReminder(IServiceProvider services, CancellationToken cancellationToken)
    {
        var analytics = services.GetRequiredService<IGrainFactory>().GetGrain<IAnalyticsGrain>(0);
        return StartupCalls.UntilDone(services, "Analytics", analytics.Start, startWaits: TimeSpan.Zero, cancellationToken);
    }
}
