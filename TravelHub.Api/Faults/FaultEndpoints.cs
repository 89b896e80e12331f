using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;
using TravelHub.Grains.Abstractions.Faults;

namespace TravelHub.Api.Faults;

/// <summary><c>/v1/faults</c>: makes payment replicas lie and components fail. For researchers, and only where faults were switched on at start; elsewhere there is no such route.</summary>
internal static class FaultEndpoints
{
    private const string Tag = "Faults";

    /// <exception cref="InvalidOperationException">Faults are switched on in production.</exception>
    public static void MapFaults(this WebApplication app)
    {
        if (!GatewayControls.FaultsAreOn(app.Configuration, app.Environment))
            return;
        var faults = app.MapGroup("/v1/faults").RequireAuthorization(Roles.Researcher);
        faults.MapGet("", All)
            .Describe("listFaults", Tag, "Which replicas have a fault.").Answers<FaultsAnswer>().Refuses(503);
        faults.MapPut("/replicas/{group:int}/{number:int}", Put)
            .Describe("putFault", Tag, "Gives a replica a fault; answers when all silos act on it.").Answers<FaultAnswer>().Refuses(400, 415, 422, 503);
        faults.MapDelete("/replicas/{group:int}/{number:int}", Clear)
            .Describe("clearFault", Tag, "Takes a replica's fault away.").Produces(StatusCodes.Status204NoContent).Refuses(503);
        faults.MapGet("/components", Components)
            .Describe("listComponentFaults", Tag, "Which components fail.").Answers<ComponentFaultsAnswer>().Refuses(503);
        faults.MapPut("/components/{component}", PutComponent)
            .Describe("putComponentFault", Tag, "Has a component fail on all silos.").Answers<ComponentFaultAnswer>().Refuses(400, 415, 422, 503);
        faults.MapDelete("/components/{component}", ClearComponent)
            .Describe("clearComponentFault", Tag, "Has a component work again.").Produces(StatusCodes.Status204NoContent).Refuses(503);
    }

    private static async Task<IResult> All(ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var all = await cluster.Call(grains => grains.GetGrain<IFaultsGrain>(0).All(), cancellationToken);
        return Results.Ok(new FaultsAnswer([.. all.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new FaultAnswer(f.Key, f.Value.Kind, f.Value.Parameter))]));
    }

    private static async Task<IResult> Put(int group, int number, FaultRequest body, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var fault = new ReplicaFault(body.Kind, body.Parameter ?? (body.Kind == ReplicaFaultKind.WrongByFactor ? 10 : 1));
        var why = await cluster.Call(grains => grains.GetGrain<IFaultsGrain>(0).Put($"{group}/{number}", fault), cancellationToken);
        return why is null ? Results.Ok(new FaultAnswer($"{group}/{number}", fault.Kind, fault.Parameter)) : Problem.Of(why);
    }

    private static async Task<IResult> Clear(int group, int number, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        await cluster.Call(async grains =>
        {
            await grains.GetGrain<IFaultsGrain>(0).Clear($"{group}/{number}");
            return true;
        }, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> Components(ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var all = await cluster.Call(grains => grains.GetGrain<IFaultsGrain>(0).Components(), cancellationToken);
        return Results.Ok(new ComponentFaultsAnswer(
            [.. all.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new ComponentFaultAnswer(f.Key, f.Value.Kind, f.Value.Milliseconds))]));
    }

    private static async Task<IResult> PutComponent(string component, ComponentFaultRequest body, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var fault = new ComponentFault(body.Kind, body.Milliseconds ?? 1);
        var why = await cluster.Call(grains => grains.GetGrain<IFaultsGrain>(0).PutComponent(component, fault), cancellationToken);
        return why is null ? Results.Ok(new ComponentFaultAnswer(component, fault.Kind, fault.Milliseconds)) : Problem.Of(why);
    }

    private static async Task<IResult> ClearComponent(string component, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        await cluster.Call(async grains =>
        {
            await grains.GetGrain<IFaultsGrain>(0).ClearComponent(component);
            return true;
        }, cancellationToken);
        return Results.NoContent();
    }
}

internal sealed record ComponentFaultsAnswer(IReadOnlyList<ComponentFaultAnswer> Data);

/// <param name="Component">search, inventory, reservations, payments or analytics.</param>
internal sealed record ComponentFaultAnswer(string Component, ComponentFaultKind Kind, int Milliseconds);

/// <param name="Milliseconds">How much later a slow component takes a call up, 1 to 100,000.</param>
internal sealed record ComponentFaultRequest(ComponentFaultKind Kind, int? Milliseconds);

internal sealed record FaultsAnswer(IReadOnlyList<FaultAnswer> Data);

/// <param name="Replica"><c>group/number</c>.</param>
internal sealed record FaultAnswer(string Replica, ReplicaFaultKind Kind, int Parameter);

/// <param name="Parameter">A factor (default 10), milliseconds or a conspiracy's number; 1 to 100,000.</param>
internal sealed record FaultRequest(ReplicaFaultKind Kind, int? Parameter);
