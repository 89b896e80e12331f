using Microsoft.OpenApi;

namespace TravelHub.Api.Reference;

/// <summary>What an endpoint tells of itself in the API's description.</summary>
internal static class EndpointReference
{
    /// <param name="name">Unique; names the operation in generated clients.</param>
    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string name, string tag, string summary) =>
        endpoint.WithName(name).WithTags(tag).WithSummary(summary);

    /// <summary>An answer with this body.</summary>
    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status200OK) => endpoint.Produces<T>(status);

    /// <summary>Problem documents with these statuses.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses) =>
        statuses.Aggregate(endpoint, (e, status) => e.ProducesProblem(status));

    public static RouteHandlerBuilder Takes(
        this RouteHandlerBuilder endpoint, string name, string description, JsonSchemaType type = JsonSchemaType.String, bool required = false, string? format = null) =>
        endpoint.WithMetadata(new QueryParameter(name, description, type, required, format));

    public static RouteHandlerBuilder TakesHeader(this RouteHandlerBuilder endpoint, string name, string description, bool required) =>
        endpoint.WithMetadata(new HeaderParameter(name, description, required));
}

/// <summary>A header that an endpoint reads by hand.</summary>
internal sealed record HeaderParameter(string Name, string Description, bool IsRequired);
