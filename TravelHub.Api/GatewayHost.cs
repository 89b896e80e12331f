using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Api.Access;
using TravelHub.Api.Analytics;
using TravelHub.Api.Audit;
using TravelHub.Api.Catalog;
using TravelHub.Api.Cluster;
using TravelHub.Api.Faults;
using TravelHub.Api.Guests;
using TravelHub.Api.Intake;
using TravelHub.Api.Limits;
using TravelHub.Api.Monitoring;
using TravelHub.Api.Operations;
using TravelHub.Api.Pages;
using TravelHub.Api.Payments;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Api.Reference;
using TravelHub.Api.Reservations;
using TravelHub.Api.Resilience;
using TravelHub.Api.Search;
using TravelHub.Api.Telemetry;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api;

/// <summary>The gateway, ready to run.</summary>
internal static class GatewayHost
{
    /// <summary>Settings come from the environment and from arguments such as <c>--TravelHub:ClusterId=th-1</c>.</summary>
    /// <exception cref="InvalidOperationException">The database or the cluster is not configured, or other machines would reach the gateway in clear.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(WebPages.HostOptions(["--hostBuilder:reloadConfigOnChange=false", .. args]));   // no watch on all that lies below the working folder
        ListenAddresses.Check(builder.Configuration);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.ConnectToCluster();
        builder.AddPages();
        builder.AddResilience();
        builder.AddReads();
        builder.AddIntake();
        builder.AddLimits();
        builder.AddReference();
        builder.AddTelemetry();
        builder.AddOperating();
        builder.AddControls();
        builder.WebHost.ConfigureKestrel(kestrel => (kestrel.Limits.MaxRequestBodySize, kestrel.AddServerHeader) = (64 << 10, false));
        builder.Logging.AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System).AddApiAccess();
        builder.Services.AddSingleton<OfferSearch>().AddSingleton<SearchPages>().AddSingleton<PropertyReads>().AddSingleton<Bookings>().AddSingleton<ReservationReads>().AddSingleton<LiveReservation>().AddSingleton<AnalyticsReads>();
        builder.Services.AddSingleton<LogLag>().AddSingleton<ClusterHealth>().AddSingleton<SiloReads>().AddSingleton<ActivityReads>();
        builder.Services.AddSingleton<ReplicaReads>().AddSingleton<ReplicaOperations>().AddSingleton<DisputeReads>();
        builder.Services.AddProblemDetails(Problem.NameTrace).AddExceptionHandler<ProblemHandler>();
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.MaxDepth = 16;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<BookingMode>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<ReplicaFaultKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<ComponentFaultKind>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        });

        var app = builder.Build();
        app.UseHeadAsGet();
        app.UseRouting();
        app.UseHsts();
        app.UseSecurityHeaders();
        app.UseExceptionHandler();
        app.UseUnmatchedRequests();
        app.UseBodyLimit();
        app.UseAuthentication();
        app.UseMetrics();
        app.UseLimits();
        app.UseAuthorization();
        app.MapHealth();
        app.MapSearch();
        app.MapProperties();
        app.MapReservations();
        app.MapLog();
        app.MapCluster();
        app.MapOrleansDashboard();
        app.MapMonitoring();
        app.MapPayments();
        app.MapFaults();
        app.MapPages();
        app.MapResilience();
        app.MapAnalytics();
        app.MapReference();
        app.MapKeys();
        app.MapAudit();
        app.MapGuests();
        return app;
    }
}
