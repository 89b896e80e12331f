using System.Security.Claims;
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

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return Task.FromResult(AuthenticateResult.NoResult());
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.Fail("not a bearer key"));

        var role = keys.RoleOf(header[Bearer.Length..].Trim());
        return Task.FromResult(role is null ? AuthenticateResult.Fail("unknown key") : AuthenticateResult.Success(Ticket(role)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        var detail = Request.Headers.Authorization.Count > 0
            ? "This is no API key that is known here; send yours as 'Authorization: Bearer KEY'."
            : "Send your API key as 'Authorization: Bearer KEY'.";
        return Problem.Of(StatusCodes.Status401Unauthorized, "unauthorized", detail).ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problem.Of(StatusCodes.Status403Forbidden, "forbidden", "Your key's role may not do this.").ExecuteAsync(Context);

    private static AuthenticationTicket Ticket(string role) => new(
        new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", $"development-{role}"), new Claim(ClaimTypes.Role, role)], SchemeName)), SchemeName);
}
