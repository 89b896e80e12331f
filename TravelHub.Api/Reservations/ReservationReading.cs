using System.Text.Json;
using System.Text.Json.Nodes;
using TravelHub.Api.Intake;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>A reservation as its owner reads it: from the cluster, with what the intake knows besides, and the last good view when that is all there is.</summary>
/// <param name="cluster">Null when the cluster does not answer and never has.</param>
/// <param name="kept">What the intake has of this owner for it.</param>
internal sealed class ReservationReading(Guid id, Reading<ReservationView?>? cluster, IReadOnlyList<KeptRequest> kept, JsonSerializerOptions json)
{
    private readonly ReservationView? _view = cluster?.Value;

    // That a booking was refused once is old news when it is there.
    private readonly KeptRequest[] _besides = cluster?.Value is null ? [] : [.. kept.Where(r => r.IsWaiting || r.Kind != KeptKind.Booking)];

    /// <summary>0 when nothing of it is in the log, as far as this gateway knows.</summary>
    public long Version => _view?.Version ?? 0;

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => !kept.Any(r => r.IsWaiting) && (_view is null
        ? IsKnownToIntakeAlone && cluster is { IsStale: false }   // refused, and the cluster has none either
        : _view.Status is ReservationStatus.Cancelled or ReservationStatus.SoldOut or ReservationStatus.Lapsed);

    private bool IsKnownToIntakeAlone => _view is null && kept.Any(r => r.IsWaiting || r.Kind == KeptKind.Booking);

    public IResult Answer() =>
        _view is not null && !IsOverlaid ? new ReservationAnswer(_view, StatusCodes.Status200OK, isReplayed: false)
        : _view is not null ? new Overlaid(this, _view)
        : IsKnownToIntakeAlone ? new KeptAnswer(KeptView.Of(id, kept), StatusCodes.Status200OK)
        : cluster is { IsStale: false } ? Problem.NotFound("reservation")
        : new NoAnswerYet();

    /// <summary>The body of the answer; null when there is no reservation to tell of.</summary>
    public JsonObject? Body() =>
        _view is not null ? Body(_view)
        : IsKnownToIntakeAlone ? JsonSerializer.SerializeToNode(KeptView.Of(id, kept), json)!.AsObject()
        : null;

    private bool IsOverlaid => _besides.Length > 0 || cluster is { IsStale: true };

    private JsonObject Body(ReservationView view)
    {
        var body = JsonSerializer.SerializeToNode(view, json)!.AsObject();
        if (!IsOverlaid)
            return body;
        // A cancellation that waits is under way for whoever asks, and so is a payment.
        if (_besides.LastOrDefault(r => r.IsWaiting && r.Kind != KeptKind.Booking) is { } waiting)
        {
            body["status"] = KeptView.StatusOf(waiting);
            body["reason"] = waiting.Reason;
        }

        if (_besides.Length > 0)
            body["kept"] = JsonSerializer.SerializeToNode(_besides.Select(KeptNote.Of), json);
        body["source"] = cluster!.Source;
        body["asOf"] = cluster.AsOf;
        body["degraded"] = cluster.Degraded;
        return body;
    }

    private sealed class Overlaid(ReservationReading reading, ReservationView view) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = $"/v1/reservations/{view.Id:D}";
            httpContext.Response.Headers.ETag = $"\"{view.Version}\"";
            return Results.Json<JsonNode>(reading.Body(view)).ExecuteAsync(httpContext);
        }
    }
}
