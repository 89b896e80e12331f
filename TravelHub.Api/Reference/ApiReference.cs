using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace TravelHub.Api.Reference;

/// <summary>The API's description at <c>/openapi/v1.json</c>, and a page to read it at <c>/docs</c>.</summary>
internal static class ApiReference
{
    private const string Scheme = "apiKey";

    public static WebApplicationBuilder AddReference(this WebApplicationBuilder builder)
    {
        builder.Services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = endpoint => endpoint.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(DescribeAll);
            options.AddOperationTransformer(DescribeOne);
        });
        return builder;
    }

    public static void MapReference(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", options => options
            .WithTitle("TravelHub").WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts().DisableAgent().DisableTelemetry().HideDeveloperTools()).AllowAnonymous();
    }

    private static Task DescribeAll(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "TravelHub",
            Version = "v1",
            Description = "Search, book, pay and cancel stays, and operate the cluster behind it. Errors are problem documents (RFC 9457) with a stable "
                + "type and code. A write that cannot be finished now but is kept is 202 with Location; 429 says when to come again.",
            Contact = new OpenApiContact { Name = "TravelHub" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "An API key, as 'Authorization: Bearer KEY'. Its role says what it may do.",
        };
        return Task.CompletedTask;
    }

    private static Task DescribeOne(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var query in metadata.OfType<QueryParameter>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = query.Name,
                In = ParameterLocation.Query,
                Required = query.IsRequired,
                Description = query.Description,
                Schema = new OpenApiSchema { Type = query.Type, Format = query.Format },
            });
        }

        foreach (var header in metadata.OfType<HeaderParameter>())
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = header.Name,
                In = ParameterLocation.Header,
                Required = header.IsRequired,
                Description = header.Description,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        operation.Description ??= operation.Summary;
        operation.Responses ??= [];
        operation.Responses.TryAdd("429", new OpenApiResponse { Description = "Too many requests; Retry-After says when to come again." });
        if (metadata.OfType<IAuthorizeData>().FirstOrDefault() is { } authorize)
        {
            operation.Responses.TryAdd("401", new OpenApiResponse { Description = "No API key, or none that is known." });
            operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The key's role may not do this." });
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
            operation.Description += $" Needs the role {authorize.Policy}.";
        }
        else
        {
            operation.Security = [new OpenApiSecurityRequirement()];   // open to anyone, and says so
        }

        return Task.CompletedTask;
    }
}
