namespace TravelHub.Api.Access;

/// <summary>Tells browsers to do with an answer no more than it is meant for.</summary>
internal static class SecurityHeaders
{
    private const string NothingLoads = "default-src 'none'; frame-ancestors 'none'";
    private const string OwnPagesOnly = "frame-ancestors 'none'; base-uri 'self'; object-src 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(Add, context);
        return next(context);
    });

    private static Task Add(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        var path = context.Request.Path;
        var isData = path.StartsWithSegments("/v1") || path.StartsWithSegments("/health") || path.StartsWithSegments("/openapi");
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = isData ? NothingLoads : OwnPagesOnly;
        if (isData && headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
