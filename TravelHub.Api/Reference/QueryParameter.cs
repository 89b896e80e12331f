using Microsoft.OpenApi;

namespace TravelHub.Api.Reference;

/// <summary>A parameter that an endpoint reads from its query by hand, so that all that is wrong is told at once.</summary>
/// <param name="Format">Of a text: <c>date</c>, or null.</param>
internal sealed record QueryParameter(string Name, string Description, JsonSchemaType Type, bool IsRequired, string? Format = null);
