using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using TravelHub.Api.Access;
using TravelHub.Api.Problems;

namespace TravelHub.Api.Audit;

/// <summary>
/// Stands where it is decided who may do what, so that no route can forget it: what an operator or researcher sets out to change is in the audit log
/// before it begins, and so is who was refused. What cannot be recorded does not happen.
/// </summary>
internal sealed class AuditedAuthorization(AuditLog log, RefusalLimit refusals, ILogger<AuditedAuthorization> logger) : IAuthorizationMiddlewareResultHandler
{
    private const int LongestText = 200;

    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    /// <summary>Whether calls of this endpoint are recorded: those that change something, of operators and researchers.</summary>
    public static bool IsRecorded(Endpoint endpoint, string method) => IsGuarded(endpoint) && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method);

    /// <summary>What the status of an answer says of the action: one that goes on has not come to its end, and who left did not wait for it.</summary>
    public static string OutcomeOf(int status) => status switch
    {
        StatusCodes.Status202Accepted or StatusCodes.Status499ClientClosedRequest or >= 500 => AuditOutcome.Unknown,
        >= 400 => AuditOutcome.Failed,
        _ => AuditOutcome.Done,
    };

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (context.GetEndpoint() is { } endpoint && IsGuarded(endpoint))
        {
            if (authorizeResult.Forbidden)
                await RecordRefusal(context, endpoint);
            else if (authorizeResult.Succeeded && IsRecorded(endpoint, context.Request.Method) && !await TryBegin(context, endpoint))
                return;
        }

        await _usual.HandleAsync(next, context, policy, authorizeResult);
    }

    private static bool IsGuarded(Endpoint endpoint) =>
        endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy is Roles.Operator or Roles.Researcher);

    private async Task<bool> TryBegin(HttpContext context, Endpoint endpoint)
    {
        var entry = Entry(context, endpoint, AuditOutcome.Begun);
        try
        {
            var number = await log.Append(entry);
            // Before the first byte of the answer, also when an exception makes it.
            context.Response.OnStarting(() => RecordOutcome(entry with { About = number }, context));
            return true;
        }
        catch (Exception e)
        {
            logger.LogError("The audit log takes no row, so {Action} was not begun: {Error}", entry.Action, e.Message);
            context.Response.Headers.RetryAfter = "2";
            await Problem.Of(
                StatusCodes.Status503ServiceUnavailable, "audit-unavailable",
                "The audit log cannot be written, and nothing is done without it: nothing was changed. Repeat the request after a moment.").ExecuteAsync(context);
            return false;
        }
    }

    private async Task RecordOutcome(AuditEntry begun, HttpContext context)
    {
        var status = context.Response.StatusCode;
        try
        {
            await log.Append(begun with { Outcome = context.WasCarriedOut() ? AuditOutcome.Done : OutcomeOf(status), Detail = $"{status}" });
        }
        catch (Exception e)
        {
            // The row before the action stands: without an outcome it reads as one that may or may not have been carried out.
            logger.LogError("The outcome {Status} of the action in row {Number} of the audit log was not written: {Error}", status, begun.About, e.Message);
        }
    }

    // A refusal is one whether or not it can be written.
    private async Task RecordRefusal(HttpContext context, Endpoint endpoint)
    {
        if (refusals.TryTake() is not { } unwritten)
            return;
        try
        {
            await log.Append(Entry(context, endpoint, AuditOutcome.Refused) with { Detail = unwritten == 0 ? "403" : $"403; {unwritten} before were not written" });
        }
        catch (Exception e)
        {
            refusals.GiveBack(unwritten);
            logger.LogWarning("A refusal was not written to the audit log: {Error}", e.Message);
        }
    }

    private static AuditEntry Entry(HttpContext context, Endpoint endpoint, string outcome)
    {
        var caller = context.User;
        var action = endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName
            ?? $"{context.Request.Method} {(endpoint as RouteEndpoint)?.RoutePattern.RawText}";
        return new AuditEntry(
            Text(caller.FindFirstValue("sub") ?? ""), Text(caller.FindFirstValue(KnownCaller.KeyClaim) ?? ""), Text(caller.FindFirstValue(ClaimTypes.Role) ?? ""),
            Text(action), Text($"{context.Request.Method} {context.Request.Path}"), outcome);
    }

    // A caller chose some of it.
    private static string Text(string text)
    {
        var printable = new string([.. text.Take(LongestText).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c)]);
        return CardNumbers.Mask(printable);
    }
}
