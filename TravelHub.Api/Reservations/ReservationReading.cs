using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TravelHub.Api.Intake;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>A reservation as its owner reads it: from the cluster, with what the intake knows besides, and the last good view when that is all there is.</summary>
internal static class ReservationReading
{
    /// <param name="reading">Null when the cluster does not answer and never has.</param>
    /// <param name="kept">What the intake has of this owner for it.</param>
    public static IResult Answer(Guid id, Reading<ReservationView?>? reading, IReadOnlyList<KeptRequest> kept)
    {
        if (reading?.Value is { } view)
        {
            // That a booking was refused once is old news when it is there.
            KeptRequest[] besides = [.. kept.Where(r => r.IsWaiting || r.Kind != KeptKind.Booking)];
            return besides.Length == 0 && !reading.IsStale
                ? new ReservationAnswer(view, StatusCodes.Status200OK, isReplayed: false)
                : new Overlaid(view, reading, besides);
        }

        if (kept.Any(r => r.IsWaiting || r.Kind == KeptKind.Booking))
            return new KeptAnswer(KeptView.Of(id, kept), StatusCodes.Status200OK);
        return reading is { IsStale: false } ? Problem.NotFound("reservation") : new NoAnswerYet();
    }

    private sealed class Overlaid(ReservationView view, Reading<ReservationView?> reading, IReadOnlyList<KeptRequest> kept) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var json = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            var body = JsonSerializer.SerializeToNode(view, json)!.AsObject();
            // A cancellation that waits is under way for whoever asks, and so is a payment.
            if (kept.LastOrDefault(r => r.IsWaiting && r.Kind != KeptKind.Booking) is { } waiting)
            {
                body["status"] = KeptView.StatusOf(waiting);
                body["reason"] = waiting.Reason;
            }

            if (kept.Count > 0)
                body["kept"] = JsonSerializer.SerializeToNode(kept.Select(KeptNote.Of), json);
            body["source"] = reading.Source;
            body["asOf"] = reading.AsOf;
            body["degraded"] = reading.Degraded;
            httpContext.Response.Headers.Location = $"/v1/reservations/{view.Id:D}";
            httpContext.Response.Headers.ETag = $"\"{view.Version}\"";
            return Results.Json<JsonNode>(body).ExecuteAsync(httpContext);
        }
    }
}
