using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using TravelHub.Api.Cluster;
using TravelHub.Api.Problems;
using TravelHub.Api.Reservations;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Intake;

/// <summary>Commands of clients: to the cluster, or into the intake when the cluster cannot take them or does not say whether it did.</summary>
internal sealed class KeptWrites(ClusterCalls cluster, GrainReferences grains, KeptRequests intake, Delivery delivery, ILogger<KeptWrites> logger)
{
    /// <param name="toKeep">Makes what is kept; called only when it is.</param>
    /// <inheritdoc cref="ReservationAnswer.Of" path="/param"/>
    /// <exception cref="Exception">The cluster does not answer, and nothing is kept.</exception>
    public async Task<IResult> Carry(
        Guid reservation, Func<KeptRequest> toKeep, Func<IReservationGrain, Task<ReservationOutcome>> command, int whenDone, bool isCancellation = false)
    {
        // What came before goes before.
        if (intake.Waits(reservation))
        {
            await delivery.Deliver(reservation);
            var request = toKeep();
            if (intake.Waits(reservation) && intake.Of(reservation).Any(r => r.IsWaiting && r.Owner == request.Owner))
                return await Keep(request with { Reason = "What was asked before of this reservation waits for the cluster too." });
        }

        try
        {
            var outcome = await cluster.Write(Dependency.Reservations, _ => command(grains.Get<IReservationGrain>(reservation)));
            return ReservationAnswer.Of(outcome, whenDone, isCancellation);
        }
        catch (Exception e) when (intake.IsOn && ClusterFailure.IsUnavailable(e))
        {
            return await Keep(toKeep() with { Reason = Why(e) });
        }
    }

    private static string Why(Exception e) => e is BreakerOpenException or OrleansMessageRejectionException or SiloUnavailableException
        ? "The cluster cannot be reached; the request is kept and will be carried out when it can."
        : "The cluster did not say what became of the request; it is kept and will be carried out once.";

    private async Task<IResult> Keep(KeptRequest request)
    {
        try
        {
            return await intake.Keep(request) == KeepOutcome.OtherRequest
                ? Problem.Of(422, "idempotency-key-reused", "This Idempotency-Key was used for another request; use a new key for a new request.")
                : new KeptAnswer(KeptView.Of(request.Reservation, [request]), StatusCodes.Status202Accepted);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            logger.LogCritical(e, "The intake cannot keep a {Kind} of reservation {Reservation}", request.Kind, request.Reservation);
            return new Unkept();
        }
    }

    private sealed class Unkept : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = "2";
            return Problem.Of(
                503, "unavailable", "The cluster does not answer and the request could not be kept; it may or may not have been carried out. Repeat it with the same Idempotency-Key.")
                .ExecuteAsync(httpContext);
        }
    }
}
