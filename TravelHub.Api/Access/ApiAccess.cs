using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using TravelHub.Api.Audit;

namespace TravelHub.Api.Access;

/// <summary>Registers keys, roles and the record of what operators do.</summary>
internal static class ApiAccess
{
    /// <summary>Options come from the sections <c>Keys</c> and <c>Audit</c> and are checked at start.</summary>
    public static IServiceCollection AddApiAccess(this IServiceCollection services)
    {
        services.AddOptions<KeyOptions>().BindConfiguration("Keys").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccessDatabase>().AddSingleton<DevelopmentKeys>().AddSingleton<KeyRing>().AddSingleton<KeyStore>().AddSingleton<OperatorSessions>();
        services.AddHostedService<KeyRefresh>();
        services.AddOptions<AuditOptions>().BindConfiguration("Audit").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<RefusalLimit>().AddSingleton<ConsoleAudit>().AddSingleton<AuditLog>().AddHostedService(s => s.GetRequiredService<AuditLog>());
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuditedAuthorization>();
        services.AddAuthentication(ApiKeyHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, configureOptions: null);
        services.AddAuthorizationBuilder()
            .AddPolicy(Roles.Client, p => p.RequireRole(Roles.Client))
            .AddPolicy(Roles.Operator, p => p.RequireRole(Roles.Operator))
            .AddPolicy(Roles.Researcher, p => p.RequireRole(Roles.Researcher))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(ApiKeyHandler.SchemeName).RequireAssertion(IsNoRoute).Build());
        return services;
    }

    /// <summary>Whose reservations the caller sees.</summary>
    public static string Owner(this ClaimsPrincipal caller) => caller.FindFirstValue("sub")!;

    // A route that forgot to say who may call it is nobody's. An address that is no route, or not with this method, shall say so to anyone.
    private static bool IsNoRoute(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint;
}
