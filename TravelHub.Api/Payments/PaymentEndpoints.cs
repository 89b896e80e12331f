using System.Security.Claims;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;
using TravelHub.Api.Reservations;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Payments;

/// <summary><c>/v1/payments</c>: the replicas that vote, and the votes that found no majority. For operators.</summary>
internal static class PaymentEndpoints
{
    private const string Tag = "Payments";

    public static void MapPayments(this IEndpointRouteBuilder routes)
    {
        var payments = routes.MapGroup("/v1/payments").RequireAuthorization(Roles.Operator);
        payments.MapGet("/replicas", Replicas)
            .Describe("listReplicas", Tag, "How each replica stands, and what was seen of it.")
            .Answers<ReplicasAnswer>().Refuses(503);
        payments.MapPost("/replicas/{group:int}/{number:int}/quarantine", (int group, int number, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken) =>
            Change(group, number, cluster, health => health.Quarantine(number, caller.Owner()), cancellationToken))
            .Describe("quarantineReplica", Tag, "Takes a replica out of the vote.")
            .Answers<ReplicaAnswer>().Refuses(404, 503);
        payments.MapPost("/replicas/{group:int}/{number:int}/reinstatement", (int group, int number, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken) =>
            Change(group, number, cluster, health => health.Reinstate(number, caller.Owner()), cancellationToken))
            .Describe("reinstateReplica", Tag, "Lets a replica vote again.")
            .Answers<ReplicaAnswer>().Refuses(404, 503);
        payments.MapGet("/disputes", Disputes)
            .Describe("listDisputes", Tag, "Reservations on whose price no three replicas agree.")
            .Answers<DisputesAnswer>().Refuses(503);
        payments.MapPost("/disputes/{id:guid}/resolution", Resolve)
            .Describe("resolveDispute", Tag, "Decides what a disputed reservation costs.")
            .Answers<ReservationView>().Answers<ReservationView>(202).Refuses(400, 402, 404, 409, 415, 422, 503);
    }

    private static async Task<IResult> Replicas(ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var replicas = await cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(0).AllReplicas(), cancellationToken);
        return Results.Ok(new ReplicasAnswer([.. replicas.Select(ReplicaAnswer.Of)]));
    }

    private static async Task<IResult> Change(
        int group, int number, ClusterCalls cluster, Func<IReplicaHealthGrain, Task<Refusal?>> change, CancellationToken cancellationToken)
    {
        if (await cluster.Call(grains => change(grains.GetGrain<IReplicaHealthGrain>(group)), cancellationToken) is { } why)
            return Problem.Of(StatusCodes.Status404NotFound, why.Code, why.Detail);
        var five = await cluster.Call(grains => grains.GetGrain<IReplicaHealthGrain>(group).Replicas(), cancellationToken);
        return Results.Ok(ReplicaAnswer.Of(five[number - 1]));
    }

    private static async Task<IResult> Disputes(ClusterCalls cluster, CancellationToken cancellationToken) => Results.Ok(new DisputesAnswer(
        await cluster.Call(grains => grains.GetGrain<IReservationListGrain>(0).Disputed(), cancellationToken)));

    private static async Task<IResult> Resolve(
        Guid id, Money total, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var by = caller.Owner();
        var outcome = await cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Resolve(total, by), cancellationToken);
        return ReservationAnswer.Of(outcome, StatusCodes.Status200OK);
    }
}

internal sealed record ReplicasAnswer(IReadOnlyList<ReplicaAnswer> Data);

internal sealed record DisputesAnswer(IReadOnlyList<ReservationView> Data);

/// <summary>A replica, for people and programs.</summary>
/// <param name="Name"><c>group/number</c>.</param>
/// <param name="Status"><c>voting</c> or <c>quarantined</c>.</param>
/// <param name="Seen">How often each kind of behaviour was seen.</param>
internal sealed record ReplicaAnswer(
    string Name, string Status, string? Silo, DateTimeOffset? Since, string? Why, IReadOnlyDictionary<string, long> Seen,
    int MatchingInARow, int MatchingNeeded, int Quarantines)
{
    public static ReplicaAnswer Of(ReplicaView replica) => new(
        $"{replica.Group}/{replica.Number}", replica.IsVoting ? "voting" : "quarantined", replica.Silo, replica.Since, replica.Why,
        replica.Seen.OrderBy(s => s.Key).ToDictionary(s => Camel(s.Key), s => s.Value), replica.MatchingInARow, replica.MatchingNeeded, replica.Quarantines);

    private static string Camel(Sighting sighting) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(sighting.ToString());
}
