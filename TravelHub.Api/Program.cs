using System.Text.Json.Serialization;
using TravelHub.Api.Access;
using TravelHub.Api.Catalog;
using TravelHub.Api.Cluster;
using TravelHub.Api.Operations;
using TravelHub.Api.Problems;
using TravelHub.Api.Reservations;
using TravelHub.Api.Search;
using TravelHub.Grains.Abstractions.Reservations;

var builder = WebApplication.CreateSlimBuilder(args);
builder.ConnectToCluster();
builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 64 << 10);
builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System).AddApiAccess();
builder.Services.AddProblemDetails().AddExceptionHandler<ProblemHandler>();
builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
builder.Services.ConfigureHttpJsonOptions(json =>
{
    json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
    json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
    json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
    json.SerializerOptions.MaxDepth = 16;
    json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<BookingMode>(System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false));
});

var app = builder.Build();
app.UseExceptionHandler();
app.UseUnmatchedRequests();
app.UseAuthentication();
app.UseAuthorization();
app.MapHealth();
app.MapSearch();
app.MapProperties();
app.MapReservations();
app.Run();
