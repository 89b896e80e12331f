using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;
using TravelHub.Api.Access;
using TravelHub.Api.Limits;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Problems;

/// <summary>Turns what endpoints throw into problem documents, and what pages throw into a page. No message of an exception leaves the house unless it was written for the caller.</summary>
internal sealed partial class ProblemHandler(CallerLimits callers, ILogger<ProblemHandler> logger) : IExceptionHandler
{
    private const string RetryAfterSeconds = "2";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        var problem = Describe(httpContext, exception);
        var answer = PagesForPeople.IsFor(httpContext) && problem is IStatusCodeHttpResult { StatusCode: { } status } ? PagesForPeople.Of(status) : problem;
        await answer.ExecuteAsync(httpContext);
        return true;
    }

    // Where a caller has put something else than a name, it is not repeated to him: it may be a secret.
    [GeneratedRegex(@"\A\$(\.[A-Za-z]{1,30}|\[[0-9]{1,4}\])+\z")]
    private static partial Regex PlainPath();

    // The framework has no error of its own for it.
    private static bool HasUnknownCharset(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type is { Charset.Length: > 0, Encoding: null };

    private IResult Describe(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { InnerException: JsonException json }:
                return Problem.Of(400, "malformed-json", json.Path is { Length: > 1 } path && PlainPath().IsMatch(path)
                    ? $"The body can't be read at {path}: an unknown field, or a value of the wrong kind or form."
                    : $"The body is not the JSON object that this request takes (line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}).");
            case BadHttpRequestException { StatusCode: 413 }:
                return BodyLimit.TooLarge();
            case BadHttpRequestException { StatusCode: 415 }:
                return Problem.Of(415, "unsupported-media-type", "Send the body as 'Content-Type: application/json'.");
            case InvalidOperationException when HasUnknownCharset(context.Request):
                return Problem.Of(415, "unsupported-media-type", "Send the body as 'Content-Type: application/json', in UTF-8.");
            case BadHttpRequestException bad:
                return Problem.Of(bad.StatusCode, "bad-request", "The request could not be read; check its body, path and parameters against the reference.");
            case LogOverloadedException:
                context.Response.Headers.RetryAfter = "1";
                callers.Tell(context);
                return Problem.Of(429, "overloaded", "Too many writes are waiting; nothing was done. Repeat the request after a moment.");
            case var _ when AccessDatabase.IsAway(exception):
                logger.LogWarning("The database did not answer {Method} {Path}: {Error}", context.Request.Method, CardNumbers.Mask(context.Request.Path), exception.Message);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(503, "unavailable", "The database does not answer; the request may or may not have been carried out. Look, and repeat it after a moment.");
            case var _ when ClusterFailure.IsUnavailable(exception):
                logger.LogWarning("The cluster did not answer {Method} {Path}: {Error}", context.Request.Method, CardNumbers.Mask(context.Request.Path), exception.Message);
                context.Response.Headers.RetryAfter = RetryAfterSeconds;
                return Problem.Of(503, "unavailable", "The cluster does not answer; the request may or may not have been carried out. Repeat it with the same Idempotency-Key.");
            default:
                logger.LogError(exception, "{Method} {Path} failed", context.Request.Method, CardNumbers.Mask(context.Request.Path));
                return Problem.Of(500, "internal-error", "This is our fault. Repeat the request with the same Idempotency-Key; if it stays, report the traceId.");
        }
    }
}
