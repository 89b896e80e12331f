using System.Security.Claims;
using TravelHub.Api.Access;
using TravelHub.Api.Audit;
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
            .Describe("listReplicas", Tag, "The replicas that vote on payments, and what was seen of each.")
            .Answers<ReplicasAnswer>().Refuses(503);
        payments.MapPost("/replicas/{group:int}/{number:int}/quarantine", Quarantine)
            .Describe("quarantineReplica", Tag, "Takes a replica's vote away; it goes on as a shadow and proves itself.")
            .Answers<ReplicaAnswer>().Refuses(404, 503);
        payments.MapPost("/replicas/{group:int}/{number:int}/reinstatement", Reinstate)
            .Describe("reinstateReplica", Tag, "Gives a replica its vote back, proved or not.")
            .Answers<ReplicaAnswer>().Refuses(404, 503);
        payments.MapGet("/disputes", Disputes)
            .Describe("listDisputes", Tag, "Pending reservations on whose total no three replicas agree.")
            .Answers<DisputesAnswer>().Refuses(503);
        payments.MapPost("/disputes/{id:guid}/resolution", Resolve)
            .Describe("resolveDispute", Tag, "Says what is to be paid for a disputed reservation, which goes on from there.")
            .Answers<ReservationView>().Answers<ReservationView>(StatusCodes.Status202Accepted).Refuses(400, 402, 404, 409, 415, 422, 503);
    }

    private static async Task<IResult> Replicas(ReplicaReads replicas, CancellationToken cancellationToken) =>
        Results.Ok(new ReplicasAnswer(await replicas.Read(cancellationToken)));

    private static async Task<IResult> Quarantine(
        int group, int number, ClaimsPrincipal caller, ReplicaOperations replicas, CancellationToken cancellationToken) =>
        await Answer(await replicas.Quarantine(group, number, caller.Owner(), cancellationToken), group, number, replicas, cancellationToken);

    private static async Task<IResult> Reinstate(
        int group, int number, ClaimsPrincipal caller, ReplicaOperations replicas, CancellationToken cancellationToken) =>
        await Answer(await replicas.Reinstate(group, number, caller.Owner(), cancellationToken), group, number, replicas, cancellationToken);

    private static async Task<IResult> Answer(Refusal? refusal, int group, int number, ReplicaOperations replicas, CancellationToken cancellationToken) =>
        refusal is { } why
            ? Problem.Of(StatusCodes.Status404NotFound, why.Code, why.Detail)
            : Results.Ok(await replicas.Read(group, number, cancellationToken));

    private static async Task<IResult> Disputes(DisputeReads disputes, CancellationToken cancellationToken) =>
        Results.Ok(new DisputesAnswer(await disputes.Read(cancellationToken)));

    private static async Task<IResult> Resolve(
        Guid id, Money total, HttpContext context, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var by = caller.Owner();
        var outcome = await cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Resolve(total, by), cancellationToken);
        if (outcome is ReservationOutcome.Done)
            context.IsCarriedOut();   // it was ruled, also when the card was declined then
        return ReservationAnswer.Of(outcome, StatusCodes.Status200OK);
    }
}

internal sealed record ReplicasAnswer(IReadOnlyList<ReplicaAnswer> Data);

internal sealed record DisputesAnswer(IReadOnlyList<ReservationView> Data);
