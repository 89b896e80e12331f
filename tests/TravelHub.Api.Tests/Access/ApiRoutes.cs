using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TravelHub.Api.Tests.Access;

/// <summary>A route of the API with one of its methods.</summary>
internal sealed record ApiRoute(string Method, string Pattern, RouteEndpoint Endpoint)
{
    public override string ToString() => $"{Method} {Pattern}";

    /// <summary>The path with these values in place of its parameters, such as <c>id</c>; a parameter without one gets a word.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values) => Regex.Replace(
        Pattern, @"\{([A-Za-z]+)(?::[a-z]+)?\}", match => values.GetValueOrDefault(match.Groups[1].Value, match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "some"));
}

/// <summary>All routes that a running gateway has.</summary>
internal static class ApiRoutes
{
    public static IReadOnlyList<RouteEndpoint> All(IServiceProvider gateway) =>
        [.. gateway.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Those under <c>/v1</c>, each method apart.</summary>
    public static IReadOnlyList<ApiRoute> OfTheApi(IServiceProvider gateway) =>
    [
        .. All(gateway).Where(e => Pattern(e).StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => new ApiRoute(method, Pattern(e).TrimEnd('/'), e))),
    ];

    public static string Pattern(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}";
}
