namespace TravelHub.Api.Reads;

/// <summary>HEAD is answered as GET is, and the server sends the headers alone. Before routing: endpoints know of GET only.</summary>
internal static class HeadRequests
{
    public static void UseHeadAsGet(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Features.Set(new Head());
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });

    /// <summary>Whether the headers alone are asked for: what would be answered without end is not begun.</summary>
    public static bool IsHead(this HttpContext context) => context.Features.Get<Head>() is not null;

    private sealed class Head;
}
