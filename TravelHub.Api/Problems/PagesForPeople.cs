using Microsoft.AspNetCore.Http.HttpResults;
using TravelHub.Api.Pages.Problems;

namespace TravelHub.Api.Problems;

/// <summary>A browser that asks for a page gets a page, also when something is wrong; programs get problem documents.</summary>
internal static class PagesForPeople
{
    /// <summary>Whether a person looks at the answer: a page was asked for, and not of the API.</summary>
    public static bool IsFor(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase);

    public static IResult Of(int status) => new PageResult(status);

    private sealed class PageResult(int status) : IResult
    {
        // A page may have begun already: what it left in the request's services and headers is not for this one.
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var services = httpContext.RequestServices;
            await using var scope = services.CreateAsyncScope();
            httpContext.RequestServices = scope.ServiceProvider;
            httpContext.Response.Headers.Remove("blazor-enhanced-nav");
            try
            {
                var parameters = new Dictionary<string, object?> { [nameof(ErrorDocument.Status)] = status };
                await new RazorComponentResult<ErrorDocument>(parameters) { StatusCode = status }.ExecuteAsync(httpContext);
            }
            finally
            {
                httpContext.RequestServices = services;
            }
        }
    }
}
