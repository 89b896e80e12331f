namespace TravelHub.Api.Audit;

/// <summary>A row of the audit log before it has a number.</summary>
/// <param name="Who">The key's owner.</param>
/// <param name="Action">The operation's name in the API's description.</param>
/// <param name="Target">The path that was asked for.</param>
/// <param name="Outcome">One of <see cref="AuditOutcome"/>.</param>
/// <param name="Detail">The status that was answered, or how many refusals were not written.</param>
/// <param name="About">Of an outcome: the number of the row that was written before the action.</param>
internal sealed record AuditEntry(
    string Who, string KeyId, string Role, string Action, string Target, string Outcome, string Detail = "", long? About = null);

/// <summary>The values of <see cref="AuditEntry.Outcome"/>.</summary>
internal static class AuditOutcome
{
    /// <summary>Written before the action. Where no outcome follows, it may or may not have been carried out.</summary>
    public const string Begun = "begun";

    public const string Done = "done";

    /// <summary>Refused by the rules of what was to be changed; nothing was.</summary>
    public const string Failed = "failed";

    /// <summary>It may or may not have been carried out.</summary>
    public const string Unknown = "unknown";

    /// <summary>The key's role may not do this.</summary>
    public const string Refused = "refused";
}
