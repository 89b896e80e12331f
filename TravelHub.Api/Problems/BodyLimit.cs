using Microsoft.AspNetCore.Http.Features;

namespace TravelHub.Api.Problems;

/// <summary>Answers a body that is announced as too large. Most callers read no answer before they have sent all, so theirs is taken in and thrown away first.</summary>
internal static class BodyLimit
{
    // Beyond this the connection is cut, as the server does it by itself.
    private const long MostThrownAwayBytes = 32 << 20;

    public static void UseBodyLimit(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var limit = context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>();
        if (context.Request.ContentLength is not { } length || !(length > limit.MaxRequestBodySize))
        {
            await next(context);
            return;
        }

        if (length <= MostThrownAwayBytes && context.Request.Headers.Expect.Count == 0)
        {
            limit.MaxRequestBodySize = MostThrownAwayBytes;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        await TooLarge().ExecuteAsync(context);
    });

    public static IResult TooLarge() =>
        Problem.Of(StatusCodes.Status413PayloadTooLarge, "body-too-large", "The body is larger than this request may be; send less at once.");
}
