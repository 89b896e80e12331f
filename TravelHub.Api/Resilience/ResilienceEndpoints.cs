using System.Text.Json;
using TravelHub.Api.Access;
using TravelHub.Api.Intake;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Resilience;

/// <summary><c>/v1/resilience</c>: how the gateway stands to what it leans on.</summary>
internal static class ResilienceEndpoints
{
    public static void MapResilience(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/resilience", Show)
            .RequireAuthorization(Roles.Operator)
            .Describe("getResilience", "Operations", "The breaker of each dependency, and what the intake keeps.")
            .Answers<ResilienceAnswer>();

    private static IResult Show(DependencyPipelines pipelines, KeptRequests intake, TimeProvider time) => Results.Ok(new ResilienceAnswer(
        [.. Enum.GetValues<Dependency>().Select(d => new DependencyAnswer(JsonNamingPolicy.KebabCaseLower.ConvertName($"{d}"), pipelines.Breaker(d).Status()))],
        intake.Status, time.GetUtcNow()));
}

internal sealed record ResilienceAnswer(IReadOnlyList<DependencyAnswer> Dependencies, IntakeStatus Intake, DateTimeOffset AsOf);

internal sealed record DependencyAnswer(string Name, BreakerStatus Breaker);
