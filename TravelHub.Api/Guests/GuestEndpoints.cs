using System.Security.Claims;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Intake;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;
using TravelHub.Grains.Abstractions.Guests;

namespace TravelHub.Api.Guests;

/// <summary><c>DELETE /v1/guests/{id}</c>: erases a guest's personal data, for operators.</summary>
internal static class GuestEndpoints
{
    public static void MapGuests(this IEndpointRouteBuilder routes) =>
        routes.MapDelete("/v1/guests/{id:guid}", Erase).RequireAuthorization(Roles.Operator)
            .Describe("eraseGuest", "Guests", "Erases a guest's personal data for good. What he booked stays, and shows when it was erased.")
            .Answers<ErasureAnswer>().Refuses(404, 503);

    private static async Task<IResult> Erase(
        Guid id, ClaimsPrincipal caller, ClusterCalls cluster, KeptRequests intake, Delivery delivery, CancellationToken cancellationToken)
    {
        var by = caller.Owner();
        if (await cluster.Call(grains => grains.GetGrain<IGuestGrain>(id).Erase(by), cancellationToken) is not { } reservation)
            return Problem.NotFound("guest");
        // A booking whose answer was lost may still wait here, and the guest's data with it: it is deleted as it is delivered.
        if (intake.Waits(reservation))
            await delivery.Deliver(reservation);
        return intake.Waits(reservation) && intake.Of(reservation).Any(r => r is { IsWaiting: true, Kind: KeptKind.Booking })
            ? Problem.Of(
                StatusCodes.Status503ServiceUnavailable, "intake-not-empty",
                "The data is erased in the cluster, but this gateway's intake still holds a request with it that cannot be delivered now. Repeat the request after a moment.")
            : Results.Ok(new ErasureAnswer(id, reservation));
    }
}

internal sealed record ErasureAnswer(Guid GuestId, Guid ReservationId);
