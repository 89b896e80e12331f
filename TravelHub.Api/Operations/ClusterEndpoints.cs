using System.Security.Claims;
using TravelHub.Api.Access;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Operations;

/// <summary><c>/v1/cluster</c>: the silos and their grains. For operators.</summary>
internal static class ClusterEndpoints
{
    private const string Tag = "Operations";

    public static void MapCluster(this IEndpointRouteBuilder routes)
    {
        var cluster = routes.MapGroup("/v1/cluster").RequireAuthorization(Roles.Operator);
        cluster.MapGet("", Silos)
            .Describe("getCluster", Tag, "The silos: status, load, and the payment replicas on each.")
            .Answers<ClusterAnswer>().Refuses(503);
        cluster.MapPost("/silos/{name}/deactivation", Deactivate)
            .Describe("deactivateSilo", Tag, "Has a silo stop in order and stay away; answers when it is gone, or how far it came.")
            .Answers<SiloOutcomeAnswer>().Answers<SiloOutcomeAnswer>(StatusCodes.Status202Accepted).Refuses(404, 409, 503);
        cluster.MapPost("/silos/{name}/restart", Restart)
            .Describe("restartSilo", Tag, "Has a silo stop, if it runs, and run again; answers when it does, or how far it came.")
            .Answers<SiloOutcomeAnswer>().Answers<SiloOutcomeAnswer>(StatusCodes.Status202Accepted).Refuses(404, 409, 503);
        cluster.MapGet("/grains", Grains)
            .Describe("listGrains", Tag, "How many activations of each class each silo has.")
            .Answers<GrainsAnswer>().Refuses(503);
        cluster.MapPost("/grains/{type}/{key}/deactivation", DeactivateGrain)
            .Describe("deactivateGrain", Tag, "Has one grain leave memory; it comes back with the next call. A slash in its key is sent as %2F.")
            .Answers<GrainAnswer>().Answers<GrainAnswer>(StatusCodes.Status202Accepted).Refuses(404, 503);
    }

    private static async Task<IResult> Silos(SiloReads silos, TimeProvider time, CancellationToken cancellationToken) =>
        Results.Ok(new ClusterAnswer(await silos.Read(cancellationToken), time.GetUtcNow()));

    private static async Task<IResult> Deactivate(string name, ClaimsPrincipal caller, SiloOperations operations, CancellationToken cancellationToken) =>
        Answer(await operations.Deactivate(name, caller.Owner(), tell: null, cancellationToken));

    private static async Task<IResult> Restart(string name, ClaimsPrincipal caller, SiloOperations operations, CancellationToken cancellationToken) =>
        Answer(await operations.Restart(name, caller.Owner(), tell: null, cancellationToken));

    private static IResult Answer(SiloOutcome outcome) => outcome switch
    {
        SiloOutcome.Done(var name, var status, var took) => Results.Ok(new SiloOutcomeAnswer(name, status, IsDone: true, took.TotalSeconds)),
        SiloOutcome.UnderWay(var name, var status, var took) => Results.Json(
            new SiloOutcomeAnswer(name, status, IsDone: false, took.TotalSeconds), statusCode: StatusCodes.Status202Accepted),
        SiloOutcome.Refused({ Code: "unknown-silo" } why) => Problem.Of(StatusCodes.Status404NotFound, why.Code, why.Detail),
        SiloOutcome.Refused(var why) => Problem.Of(StatusCodes.Status409Conflict, why.Code, why.Detail),
        _ => throw new InvalidOperationException($"{outcome.GetType().Name} is no outcome."),
    };

    private static async Task<IResult> Grains(GrainOperations grains, CancellationToken cancellationToken) =>
        Results.Ok(new GrainsAnswer(await grains.Counts(cancellationToken)));

    private static async Task<IResult> DeactivateGrain(string type, string key, GrainOperations grains, CancellationToken cancellationToken)
    {
        var outcome = await grains.Deactivate(type, key.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase), cancellationToken);   // the one thing that a path's segment keeps encoded
        return outcome switch
        {
            null => Problem.Of(StatusCodes.Status404NotFound, "unknown-grain", $"No grain can be meant. Types are {string.Join(", ", GrainKinds.Names)}; keys are written as in the log: a number, an id, or a name such as PROPERTY/ROOMTYPE."),
            { Status: "inactive" } => Results.Ok(outcome),
            _ => Results.Json(outcome, statusCode: StatusCodes.Status202Accepted),
        };
    }
}

internal sealed record ClusterAnswer(IReadOnlyList<SiloAnswer> Data, DateTimeOffset AsOf);

internal sealed record GrainsAnswer(IReadOnlyList<GrainCountAnswer> Data);

/// <param name="Status">The silo's, in the words of the membership.</param>
/// <param name="IsDone">Whether what was asked for is so.</param>
internal sealed record SiloOutcomeAnswer(string Name, string Status, bool IsDone, double Seconds);
