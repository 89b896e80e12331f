using System.Security.Claims;
using TravelHub.Api.Access;

namespace TravelHub.Api.Audit;

/// <summary>
/// Has on record what operators do in the console, where no request passes <see cref="AuditedAuthorization"/>: before it begins, and what came of it. What
/// cannot be recorded does not happen.
/// </summary>
internal sealed class ConsoleAudit(AuditLog log, OperatorSessions sessions, ILogger<ConsoleAudit> logger)
{
    /// <param name="action">As the API calls it.</param>
    /// <param name="target">What it is done to.</param>
    /// <param name="outcome">One of <see cref="AuditOutcome"/>, and more about it.</param>
    /// <returns>False when it was not begun: it could not be recorded, or the operator's key has ended.</returns>
    public async Task<bool> Carry<T>(ClaimsPrincipal user, string action, string target, Func<Task<T>> act, Func<T, (string Outcome, string Detail)> outcome)
    {
        if (sessions.Of(user) is not { } caller || await Begin(caller, action, target) is not { } begun)
            return false;
        var (what, detail) = (AuditOutcome.Unknown, "");
        try
        {
            (what, detail) = outcome(await act());
        }
        finally
        {
            await Record(begun with { Outcome = what, Detail = detail });
        }

        return true;
    }

    private async Task<AuditEntry?> Begin(KnownCaller caller, string action, string target)
    {
        var entry = new AuditEntry(caller.Owner, caller.KeyId, caller.Role, action, $"console: {target}", AuditOutcome.Begun);
        try
        {
            return entry with { About = await log.Append(entry) };
        }
        catch (Exception e)
        {
            logger.LogError("The audit log takes no row, so {Action} was not begun: {Error}", action, e.Message);
            return null;
        }
    }

    private async Task Record(AuditEntry entry)
    {
        try
        {
            await log.Append(entry);
        }
        catch (Exception e)
        {
            // The row before the action stands: without an outcome it reads as one that may or may not have been carried out.
            logger.LogError("The outcome {Outcome} of the action in row {Number} of the audit log was not written: {Error}", entry.Outcome, entry.About, e.Message);
        }
    }
}
