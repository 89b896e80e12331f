using Orleans.Dashboard;
using TravelHub.Api.Access;

namespace TravelHub.Api.Operations;

/// <summary>
/// Orleans' own dashboard, for operators who have signed in to the console. Only with <c>Dashboard:Enabled</c>, in the silos too: there it times every
/// call between grains, which the calls pay for.
/// </summary>
internal static class OrleansDashboard
{
    public const string Path = "/ops/orleans";

    public static bool IsEnabled(IConfiguration configuration) => configuration.GetValue<bool>("Dashboard:Enabled");

    public static void AddOrleansDashboard(this IClientBuilder client)
    {
        if (IsEnabled(client.Configuration))
            client.AddDashboard(o => o.HideTrace = true);   // logs are not for browsers
    }

    public static void MapOrleansDashboard(this WebApplication app)
    {
        if (IsEnabled(app.Configuration))
            app.MapOrleansDashboard(Path).RequireAuthorization(PageAccess.OperatorPage);
    }
}
