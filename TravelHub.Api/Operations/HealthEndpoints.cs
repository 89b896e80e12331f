namespace TravelHub.Api.Operations;

/// <summary><c>/health</c>: tells the plain truth.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous();
        routes.MapGet("/health/ready", Ready).AllowAnonymous();
    }

    private static async Task<IResult> Ready(ClusterHealth health, CancellationToken cancellationToken) =>
        await health.WhyNotReady(cancellationToken) is { } why
            ? Results.Text($"not ready: {why}", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("ready");
}
