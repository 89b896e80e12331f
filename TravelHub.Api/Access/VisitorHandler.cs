using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Access;

/// <summary>
/// Knows a browser by a cookie that it was given at its first visit: signed and encrypted, out of reach of scripts, and not sent from other sites.
/// Who has it is a client with reservations of his own. Endpoints of the API do not take it.
/// </summary>
internal sealed class VisitorHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDataProtectionProvider protection)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Visitor";

    private const string CookieName = "th_visitor";

    // The longest that browsers keep a cookie.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    private readonly IDataProtector _protector = protection.CreateProtector("TravelHub.Visitor.v1");

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var visitor = Read(Request.Cookies[CookieName]);
        if (visitor is null)
        {
            if (Response.HasStarted)
                return Task.FromResult(AuthenticateResult.NoResult());
            visitor = $"visitor-{Guid.NewGuid():N}";
            Response.Cookies.Append(CookieName, _protector.Protect(visitor), new CookieOptions
            {
                HttpOnly = true, IsEssential = true, MaxAge = Lifetime, SameSite = SameSiteMode.Lax, Secure = Request.IsHttps,
            });
        }

        var identity = new ClaimsIdentity([new Claim("sub", visitor), new Claim(ClaimTypes.Role, Roles.Client)], SchemeName);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    // A page's own policy says where to go instead.
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Task.CompletedTask;

    // A cookie of another key ring, or none of ours, is as good as none.
    private string? Read(string? cookie)
    {
        try
        {
            return string.IsNullOrEmpty(cookie) ? null : _protector.Unprotect(cookie);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
