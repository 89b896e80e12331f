using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Json.Nodes;
using TravelHub.Api.Access;
using TravelHub.Api.Reads;

namespace TravelHub.Api.Reservations;

/// <summary>
/// <c>GET /v1/reservations/{id}/live</c>: server-sent events, one for the reservation as it stands and one for each change of what
/// <c>GET /v1/reservations/{id}</c> would answer. The gateway looks once a second, since the silo that a reservation lives on may change or die, and a
/// look is a read from memory. The stream ends when nothing more will happen, when its key is no longer good, and when the gateway stops.
/// </summary>
internal sealed class LiveReservation(ReservationReads reservations, KeyRing keys, IHostApplicationLifetime host, TimeProvider time)
{
    /// <summary>Holds the reservation, as GET answers it; its id is the version.</summary>
    public const string ChangeEvent = "reservation";

    /// <summary>Says that the stream is open, where nothing else has for a while: proxies close what is silent.</summary>
    public const string AliveEvent = "alive";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(2);

    public async Task<IResult> Open(Guid id, HttpContext context, ClaimsPrincipal caller)
    {
        var first = await reservations.Get(id, caller.Owner());
        if (first.Body() is null || context.IsHead())
            return first.Answer();
        // A client that was told the end and comes back, as browsers do when a stream ends, is told to stay away.
        if (first.IsOver && context.Request.Headers["Last-Event-ID"] == EventId(first))
            return Results.NoContent();
        return TypedResults.ServerSentEvents(Changes(id, first, caller, context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<JsonObject>> Changes(
        Guid id, ReservationReading reading, ClaimsPrincipal caller, [EnumeratorCancellation] CancellationToken gone)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(gone, host.ApplicationStopping);
        using var looks = new PeriodicTimer(BetweenLooks, time);
        JsonObject? told = null;
        var toldAt = time.GetTimestamp();
        do
        {
            if (reading.Body() is { } body && !IsSame(body, told))
            {
                (told, toldAt) = (body, time.GetTimestamp());
                yield return new SseItem<JsonObject>(body, ChangeEvent) { EventId = EventId(reading), ReconnectionInterval = ReconnectAfter };
            }
            else if (time.GetElapsedTime(toldAt) >= LongestSilence)
            {
                toldAt = time.GetTimestamp();
                yield return new SseItem<JsonObject>([], AliveEvent);
            }

            if (reading.IsOver || !await IsNextLook(looks, end.Token) || !keys.IsGood(caller))
                yield break;
            reading = await reservations.Get(id, caller.Owner());
        }
        while (!end.IsCancellationRequested);
    }

    private static string EventId(ReservationReading reading) => reading.Version.ToString(CultureInfo.InvariantCulture);

    // That it was looked at again is no change.
    private static bool IsSame(JsonObject body, JsonObject? told)
    {
        if (told is null)
            return false;
        var (now, before) = (body.DeepClone().AsObject(), told.DeepClone().AsObject());
        now.Remove("asOf");
        before.Remove("asOf");
        return JsonNode.DeepEquals(now, before);
    }

    private static async Task<bool> IsNextLook(PeriodicTimer looks, CancellationToken end)
    {
        try
        {
            return await looks.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
