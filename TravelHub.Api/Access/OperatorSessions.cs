using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;

namespace TravelHub.Api.Access;

/// <summary>
/// Who looks at the console. Its circuits outlive the requests that opened them, so that a session is looked at anew: it ends with its key, when its operator
/// signs out, in whatever tab, and after eight hours. A gateway that is started anew forgets who signed out; the browser has dropped its cookie by then.
/// </summary>
internal sealed class OperatorSessions(KeyRing keys, TimeProvider time)
{
    public static readonly TimeSpan Longest = TimeSpan.FromHours(8);

    private const string SessionClaim = "session";
    private const string UntilClaim = "until";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _signedOut = new();

    /// <summary>A session of who has shown an operator's key.</summary>
    public ClaimsPrincipal Begin(KnownCaller caller) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Role, Roles.Operator), new Claim(KnownCaller.KeyClaim, caller.KeyId), new Claim(PageAccess.KeyOwnerClaim, caller.Owner),
            new Claim(SessionClaim, Guid.NewGuid().ToString("N")), new Claim(UntilClaim, (time.GetUtcNow() + Longest).ToString("O", CultureInfo.InvariantCulture)),
        ], PageAccess.OperatorScheme));

    /// <summary>Signs out: all that the session opened ends too.</summary>
    public void End(ClaimsPrincipal user)
    {
        var now = time.GetUtcNow();
        foreach (var (session, until) in _signedOut)
        {
            if (until <= now)
                _signedOut.TryRemove(session, out _);
        }

        if (Session(user)?.FindFirst(SessionClaim)?.Value is { } ended)
            _signedOut[ended] = now + Longest;
    }

    /// <returns>The operator who has signed in; null when nobody has, or his session or his key is no longer good.</returns>
    public KnownCaller? Of(ClaimsPrincipal user) =>
        Session(user) is { } session && IsOpen(session) && session.FindFirst(KnownCaller.KeyClaim)?.Value is { } id && keys.IsGood(id, Roles.Operator)
            ? new KnownCaller(session.FindFirst(PageAccess.KeyOwnerClaim)?.Value ?? "", Roles.Operator, id)
            : null;

    /// <summary>Whether the session has not ended by itself; its key is another question.</summary>
    public bool IsOpen(ClaimsIdentity session) =>
        session.FindFirst(SessionClaim)?.Value is { } id && !_signedOut.ContainsKey(id)
        && DateTimeOffset.TryParse(session.FindFirst(UntilClaim)?.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var until)
        && time.GetUtcNow() < until;

    private static ClaimsIdentity? Session(ClaimsPrincipal user) =>
        user.Identities.FirstOrDefault(identity => identity.AuthenticationType == PageAccess.OperatorScheme);
}
