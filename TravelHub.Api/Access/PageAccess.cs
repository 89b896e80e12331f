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

    private static readonly TimeSpan OperatorSession = TimeSpan.FromHours(8);

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
                o.ExpireTimeSpan = OperatorSession;
                o.LoginPath = "/sign-in";
                o.AccessDeniedPath = "/sign-in";
                o.ReturnUrlParameter = "returnUrl";
                o.Events.OnValidatePrincipal = EndWithItsKey;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(AnyPage, p => p.AddAuthenticationSchemes(VisitorHandler.SchemeName, OperatorScheme).RequireAssertion(_ => true))
            .AddPolicy(OperatorPage, p => p.AddAuthenticationSchemes(VisitorHandler.SchemeName, OperatorScheme).RequireRole(Roles.Operator));
        return services;
    }

    /// <summary>Begins the session of who has shown an operator's key; it ends when that key does.</summary>
    public static Task SignInOperator(this HttpContext context, KnownCaller caller) => context.SignInAsync(OperatorScheme, new ClaimsPrincipal(
        new ClaimsIdentity([new Claim(ClaimTypes.Role, Roles.Operator), new Claim(KnownCaller.KeyClaim, caller.KeyId), new Claim(KeyOwnerClaim, caller.Owner)], OperatorScheme)));

    private static Task EndWithItsKey(CookieValidatePrincipalContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<KeyRing>();
        if (context.Principal?.FindFirstValue(KnownCaller.KeyClaim) is not { } id || keys.ById(id, context.HttpContext)?.Role != Roles.Operator)
            context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
