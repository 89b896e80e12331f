namespace TravelHub.Silo.Operations;

/// <summary><c>/health</c> of a silo: tells the plain truth.</summary>
internal static class SiloHealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => "live");
        routes.MapGet("/health/ready", Ready);
    }

    private static async Task<IResult> Ready(SiloHealth health, CancellationToken cancellationToken)
    {
        var parts = await health.Parts(cancellationToken);
        var isReady = parts.Values.All(why => why is null);
        return Results.Json(
            new { status = isReady ? "ready" : "not ready", parts = parts.ToDictionary(part => part.Key, part => part.Value ?? "ok") },
            statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
