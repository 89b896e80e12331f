namespace TravelHub.Api.Pages.Lab;

/// <summary><c>/lab/runs/…</c>: reports of past runs, as the laboratory wrote them.</summary>
internal static class ReportEndpoints
{
    // A report has styles and pictures of its own, and needs nothing else.
    private const string ContentPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    public static void MapReports(this IEndpointRouteBuilder routes) => routes.MapGet("/lab/runs/{experiment}/{time}/report.html", Show).AllowAnonymous().ExcludeFromDescription();

    private static IResult Show(string experiment, string time, HttpContext context, PastRuns runs)
    {
        if (runs.Report($"{experiment}/{time}/report.html") is not { } file)
            return Results.NotFound();
        context.Response.Headers.ContentSecurityPolicy = ContentPolicy;
        return Results.File(file, "text/html; charset=utf-8");
    }
}
