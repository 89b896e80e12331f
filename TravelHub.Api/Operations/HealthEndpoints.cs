using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Search;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Api.Operations;

/// <summary><c>/health</c>: tells the plain truth.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live"));
        routes.MapGet("/health/ready", Ready);
    }

    // Ready is who can search: a call through the cluster to the database and back.
    private static async Task<IResult> Ready(ClusterCalls cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var anyDay = new Nights(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));
            await cluster.Call(grains => grains.GetGrain<ISearchGrain>(0).Find(new SearchQuery("nowhere", anyDay, 1, 1)), cancellationToken)
                .AsTask().WaitAsync(Patience, time, cancellationToken);
            return Results.Text("ready");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            return Results.Text($"not ready: the cluster does not answer ({e.GetType().Name})", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
