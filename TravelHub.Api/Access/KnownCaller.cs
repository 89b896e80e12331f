using System.Security.Claims;

namespace TravelHub.Api.Access;

/// <summary>Whom a key stands for.</summary>
/// <param name="KeyId">Which of his keys it was; for the audit log.</param>
internal sealed record KnownCaller(string Owner, string Role, string KeyId)
{
    public const string KeyClaim = "key";

    public ClaimsPrincipal AsPrincipal(string scheme) => new(new ClaimsIdentity(
        [new Claim("sub", Owner), new Claim(ClaimTypes.Role, Role), new Claim(KeyClaim, KeyId)], scheme));
}
