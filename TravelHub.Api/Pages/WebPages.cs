using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using MudBlazor.Services;
using TravelHub.Api.Access;
using TravelHub.Api.Limits;
using TravelHub.Api.Pages.Lab;
using TravelHub.Api.Pages.Operations;
using TravelHub.Api.Problems;

namespace TravelHub.Api.Pages;

/// <summary>The web pages: the booking site, the operator's console, the laboratory's page.</summary>
internal static class WebPages
{
    // Scripts and styles come from here alone. Blazor places styles of its own; the pictures are part of the page.
    private const string ContentPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>Named here, because a test's process has another name and another folder than the gateway.</summary>
    public static WebApplicationOptions HostOptions(string[] args) => new()
    {
        Args = [.. args, "--ReloadStaticAssetsAtRuntime=false"],   // or each file is looked at anew, and sent without being compressed
        ApplicationName = typeof(WebPages).Assembly.GetName().Name,
        ContentRootPath = AppContext.BaseDirectory,
    };

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.WebHost.UseStaticWebAssets();   // the build output has them in their packages; published, they lie beside the program
        builder.Logging.AddFilter("TravelHub.Api.Access", LogLevel.Warning);   // that somebody has to sign in is no news
        builder.Services.AddPageAccess(builder.Configuration);
        builder.Services.AddHttpContextAccessor().AddCascadingAuthenticationState();
        builder.Services.AddSingleton<PageCalls>().AddSingleton<PastRuns>();
        builder.Services.AddMudServices();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseAntiforgery();
        app.MapStaticAssets().AllowAnonymous();
        app.MapReports();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null)
            .RequireAuthorization(PageAccess.AnyPage)
            .AddSafeHeaders();
    }

    /// <summary>
    /// Answers 404 together with the page that is being drawn. Said before the answer begins, it would be taken for an address that has no page.
    /// </summary>
    public static void IsMissing(this HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    // What stays open beside a page, to tell it what is new, is no page: it would keep a place for as long.
    private static bool IsForVisitors(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<ComponentTypeMetadata>().FirstOrDefault() is { Type: var page } && page != typeof(SignInPage)
        && !endpoint.Metadata.OfType<IAuthorizeData>().Any(data => data.Policy == PageAccess.OperatorPage);

    private static void AddSafeHeaders(this RazorComponentsEndpointConventionBuilder pages) => pages.Add(endpoint =>
    {
        if (endpoint.RequestDelegate is not { } render)
            return;
        if (IsForVisitors(endpoint))
            endpoint.SetPriority(Priority.Booking);   // he looks and books; the console, and the way into it, are never turned away
        endpoint.RequestDelegate = async context =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            await render(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400 and var status })   // such as a form without its token
                await PagesForPeople.Of(status).ExecuteAsync(context);
        };
    });
}
