using System.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Problems;

/// <summary>Problem documents (RFC 9457) with a stable <c>type</c> and <c>code</c>, and a sentence that says what to do.</summary>
internal static class Problem
{
    private static readonly HashSet<string> Conflicts =
    [
        "sold-out", "price-changed", "quote-expired", "not-payable", "not-cancellable", "payment-under-way", "stay-over",
        "capacity-too-low", "not-disputed",
    ];

    /// <summary>A problem names the trace alone; the platform would name the span too.</summary>
    public static void NameTrace(ProblemDetailsOptions options) => options.CustomizeProblemDetails = problem =>
        problem.ProblemDetails.Extensions["traceId"] = TraceOf(problem.HttpContext);

    /// <param name="extensions">Further members of the document.</param>
    public static IResult Of(int status, string code, string detail, params (string Name, object? Value)[] extensions) =>
        new ProblemResult(status, code, detail, extensions);

    /// <summary>A refusal of the cluster, with the status that belongs to its code.</summary>
    public static IResult Of(Refusal why, params (string Name, object? Value)[] extensions) => Of(
        Conflicts.Contains(why.Code) ? StatusCodes.Status409Conflict
            : why.Code == "version-mismatch" ? StatusCodes.Status412PreconditionFailed
            : StatusCodes.Status422UnprocessableEntity,
        why.Code, why.Detail, extensions);

    public static IResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what}.");

    public static ProblemDetails Document(HttpContext context, int status, string code, string detail) => new()
    {
        Type = $"urn:travelhub:problem:{code}",
        Title = code.Replace('-', ' '),
        Status = status,
        Detail = CardNumbers.Mask(detail),
        Extensions = { ["code"] = code, ["traceId"] = TraceOf(context) },
    };

    private static string TraceOf(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    private sealed class ProblemResult(int status, string code, string detail, (string Name, object? Value)[] extensions) : IStatusCodeHttpResult, IResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var document = Document(httpContext, status, code, detail);
            foreach (var (name, value) in extensions)
                document.Extensions[name] = value;
            return Results.Problem(document).ExecuteAsync(httpContext);
        }
    }
}
