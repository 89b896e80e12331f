using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;

namespace TravelHub.Api.Access;

/// <summary>Who a browser is: always a visitor, and beside that an operator if he has signed in.</summary>
internal static class PageAccess
{
    /// <summary>The session of an operator; its cookie stays on this site.</summary>
    public const string OperatorScheme = "OperatorSession";

    /// <summary>For every page: takes both identities, asks for none.</summary>
    public const string AnyPage = "any-page";

    public const string OperatorPage = "operator-page";

    /// <summary>Whose key an operator signed in with. Not his name as an owner: his trips are the visitor's.</summary>
    public const string KeyOwnerClaim = "key-owner";

    /// <summary>The keys that protect cookies and forms lie in <c>Pages:KeysFolder</c>; without it, where the platform keeps them.</summary>
    public static IServiceCollection AddPageAccess(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName("travelhub");
        if (configuration["Pages:KeysFolder"] is { Length: > 0 } folder)
            protection.PersistKeysToFileSystem(new DirectoryInfo(folder));

        services.AddAuthentication()
            .AddScheme<AuthenticationSchemeOptions, VisitorHandler>(VisitorHandler.SchemeName, configureOptions: null)
            .AddCookie(OperatorScheme, o =>
            {
                o.Cookie.Name = "th_operator";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Strict;
                o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                o.ExpireTimeSpan = OperatorSessions.Longest;
                o.SlidingExpiration = false;
                o.LoginPath = "/sign-in";
                o.AccessDeniedPath = "/sign-in";
                o.ReturnUrlParameter = "returnUrl";
                o.Events.OnValidatePrincipal = RefuseEnded;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(AnyPage, p => p.AddAuthenticationSchemes(VisitorHandler.SchemeName, OperatorScheme).RequireAssertion(_ => true))
            .AddPolicy(OperatorPage, p => p.AddAuthenticationSchemes(VisitorHandler.SchemeName, OperatorScheme).RequireRole(Roles.Operator));
        return services;
    }

    private static Task RefuseEnded(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var isGood = context.Principal?.Identity is ClaimsIdentity session && services.GetRequiredService<OperatorSessions>().IsOpen(session)
            && session.FindFirst(KnownCaller.KeyClaim)?.Value is { } id
            && services.GetRequiredService<KeyRing>().ById(id, context.HttpContext)?.Role == Roles.Operator;
        if (!isGood)
            context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
