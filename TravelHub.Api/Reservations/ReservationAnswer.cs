using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>Answers with a reservation: status by where it stands, <c>ETag</c>, <c>Location</c>, and whether it is a repeat.</summary>
internal sealed class ReservationAnswer(ReservationView view, int status, bool isReplayed) : IResult
{
    /// <param name="whenDone">The status when the command reached what it wanted.</param>
    /// <param name="isCancellation">Whether that was a cancellation. Whoever wanted rooms and finds them cancelled, by a call beside his own, has none.</param>
    public static IResult Of(ReservationOutcome outcome, int whenDone, bool isCancellation = false) => outcome switch
    {
        ReservationOutcome.Done({ Status: ReservationStatus.Cancelled } view, var isReplayed) when !isCancellation =>
            new ReservationAnswer(view, StatusCodes.Status409Conflict, isReplayed),
        ReservationOutcome.Done(var view, var isReplayed) => new ReservationAnswer(view, StatusOf(view, whenDone), isReplayed),
        ReservationOutcome.Refused(var why) => Problem.Of(why),
        _ => Problem.NotFound("reservation"),
    };

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.Location = $"/v1/reservations/{view.Id:D}";
        if (isReplayed)
            headers["Idempotent-Replayed"] = "true";
        var answer = status switch
        {
            StatusCodes.Status402PaymentRequired => Problem.Of(
                status, "payment-declined", $"The payment was declined ({view.Reason}). The rooms are held until {view.HoldUntil:u}: pay with another token.",
                ("reservation", view)),
            StatusCodes.Status409Conflict => Problem.Of(status, view.Status, $"The reservation is {view.Status}{(view.Reason is null ? "" : $": {view.Reason}")}.", ("reservation", view)),
            _ => Results.Json(view, statusCode: status),
        };
        headers.ETag = $"\"{view.Version}\"";
        return answer.ExecuteAsync(httpContext);
    }

    private static int StatusOf(ReservationView view, int whenDone) => view.Status switch
    {
        ReservationStatus.Pending or ReservationStatus.Cancelling => StatusCodes.Status202Accepted,
        ReservationStatus.Declined => StatusCodes.Status402PaymentRequired,
        ReservationStatus.SoldOut or ReservationStatus.Lapsed => StatusCodes.Status409Conflict,
        _ => whenDone,
    };
}
