namespace TravelHub.Api.Reads;

/// <summary>
/// The answer to a read that nobody can answer now and nobody has answered before: 202, with nothing that could be taken for data. It is not 200,
/// since nothing was found or not found; not 404 or 429, since the request is good and welcome; not 5xx, since it may simply be repeated.
/// </summary>
internal sealed class NoAnswerYet : IResult
{
    public const string Code = "no-answer-yet";

    private const string RetryAfterSeconds = "2";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        httpContext.Response.Headers.CacheControl = "no-store";
        var body = new NoAnswerBody(
            Code, "The part that knows does not answer now, and nothing is remembered from before. Repeat the same request after a moment.", "none", Degraded: true);
        return Results.Json(body, statusCode: StatusCodes.Status202Accepted).ExecuteAsync(httpContext);
    }
}

internal sealed record NoAnswerBody(string Code, string Detail, string Source, bool Degraded);
