using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TravelHub.Api.Problems;

namespace TravelHub.Api.Access;

/// <summary>Knows a caller by <c>Authorization: Bearer KEY</c>. Keys are compared by hash in constant time; the owner's name is the claim <c>sub</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer ";
    private const string RetryAfterSeconds = "2";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.Fail("not a bearer key"));

        var caller = keys.Find(header[Bearer.Length..].Trim(), Context);
        return Task.FromResult(caller is null
            ? AuthenticateResult.Fail("unknown key")
            : AuthenticateResult.Success(new AuthenticationTicket(caller.AsPrincipal(SchemeName), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var hasKey = Request.Headers.Authorization.Count > 0;
        if (hasKey && keys.IsBlind)
            Response.Headers.RetryAfter = RetryAfterSeconds;
        var detail = !hasKey ? "Send your API key as 'Authorization: Bearer KEY'."
            : keys.IsBlind ? "This API key is not known here, and the store of keys does not answer now: if yours is new, repeat the request after a moment."
            : "This is no API key that is known here, or it is expired or revoked; send yours as 'Authorization: Bearer KEY'.";
        return Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized", detail).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(StatusCodes.Status403Forbidden, "forbidden", "Your key's role may not do this.").ExecuteAsync(Context);
}
