using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace TravelHub.Api.Access;

/// <summary>Registers keys and roles.</summary>
internal static class ApiAccess
{
    public static IServiceCollection AddApiAccess(this IServiceCollection services)
    {
        services.AddOptions<KeyOptions>().BindConfiguration("Keys");
        services.AddSingleton<KeyRing>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Client, p => p.RequireRole(Roles.Client))
            .AddPolicy(Roles.Operator, p => p.RequireRole(Roles.Operator))
            .AddPolicy(Roles.Researcher, p => p.RequireRole(Roles.Researcher));
        return services;
    }

    /// <summary>Whose reservations the caller sees.</summary>
    public static string Owner(this ClaimsPrincipal caller) => caller.FindFirstValue("sub")!;
}
