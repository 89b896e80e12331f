using System.Security.Claims;

namespace TravelHub.Api.Access;

/// <summary>Who looks at the console. Its circuit outlives the request that opened it, so the key is looked at anew.</summary>
internal sealed class OperatorSessions(KeyRing keys)
{
    /// <returns>The operator who has signed in; null when nobody has, or his key is no longer good.</returns>
    public KnownCaller? Of(ClaimsPrincipal user)
    {
        var session = user.Identities.FirstOrDefault(identity => identity.AuthenticationType == PageAccess.OperatorScheme);
        return session?.FindFirst(KnownCaller.KeyClaim)?.Value is { } id && keys.IsGood(id, Roles.Operator)
            ? new KnownCaller(session.FindFirst(PageAccess.KeyOwnerClaim)?.Value ?? "", Roles.Operator, id)
            : null;
    }
}
