using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary><c>/v1/reservations</c>: a client's own, and nobody else's.</summary>
internal static class ReservationEndpoints
{
    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapGroup("/v1/reservations").RequireAuthorization(Roles.Client);
        reservations.MapPost("", Book);
        reservations.MapGet("", List);
        reservations.MapGet("/{id:guid}", Get);
        reservations.MapGet("/{id:guid}/events", Events);
        reservations.MapGet("/{id:guid}/votes", Votes);
        reservations.MapPost("/{id:guid}/payment", Pay);
        reservations.MapPost("/{id:guid}/cancellation", Cancel);
        reservations.MapGet("/{id:guid}/cancellation", PreviewCancellation);
    }

    private static async Task<IResult> Book(
        BookingRequest body, HttpContext context, ClaimsPrincipal caller, Bookings bookings, TimeProvider time, CancellationToken cancellationToken)
    {
        var key = context.Request.Headers[IdempotencyKeys.Header].ToString();
        if (!IdempotencyKeys.IsValid(key))
            return Problem.Of(400, "idempotency-key-missing", $"Send a header {IdempotencyKeys.Header} of 1 to 255 printable characters, new for each booking and the same for its repeats.");
        var findings = new Findings();
        if (body.Read(caller.Owner(), time.GetUtcNow(), findings) is not { } command)
            return findings.AsProblem();

        var outcome = await bookings.Book(command, key, cancellationToken);
        return ReservationAnswer.Of(outcome, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Pay(
        Guid id, PaymentRequest body, HttpContext context, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        PaymentTokens.Check(body.PaymentToken, findings);
        if (findings.Any)
            return findings.AsProblem();
        // Without a key of its own, an attempt is named by its token.
        var key = context.Request.Headers[IdempotencyKeys.Header].ToString();
        if (key.Length > 0 && !IdempotencyKeys.IsValid(key))
            return Problem.Of(400, "idempotency-key-invalid", $"{IdempotencyKeys.Header} must be 1 to 255 printable characters.");
        var command = new PayCommand(caller.Owner(), key.Length > 0 ? $"key {key}" : $"token {body.PaymentToken}", body.PaymentToken!);
        var outcome = await bookings.Pay(id, command, cancellationToken);
        return ReservationAnswer.Of(outcome, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Cancel(
        Guid id, HttpContext context, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken)
    {
        long? version = null;
        var ifMatch = context.Request.Headers.IfMatch.ToString().Trim();
        if (ifMatch.Length > 0 && ifMatch != "*")
        {
            if (!long.TryParse(ifMatch.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                return Problem.Of(400, "if-match-invalid", "If-Match must be the ETag that the reservation was read with, such as \"3\".");
            version = parsed;
        }

        var command = new CancelCommand(caller.Owner(), version);
        var outcome = await bookings.Cancel(id, command, cancellationToken);
        return ReservationAnswer.Of(outcome, StatusCodes.Status200OK);
    }

    private static async Task<IResult> PreviewCancellation(Guid id, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken) =>
        await bookings.PreviewCancellation(id, caller.Owner(), cancellationToken) is { } preview
            ? preview.Why is { } why ? Problem.Of(why) : Results.Ok(preview)
            : Problem.NotFound("reservation");

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken) =>
        await bookings.Get(id, caller.Owner(), cancellationToken) is { } view
            ? new ReservationAnswer(view, StatusCodes.Status200OK, isReplayed: false)
            : Problem.NotFound("reservation");

    private static async Task<IResult> Events(
        Guid id, HttpRequest request, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 200, 1, 200);
        var after = findings.ReadNumber(request.Query, "after", 0, 0, long.MaxValue);
        if (findings.Any)
            return findings.AsProblem();
        var owner = caller.Owner();
        if (await cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Events(owner), cancellationToken) is not { } events)
            return Problem.NotFound("reservation");
        var page = events.Where(e => e.Version > after).Take(limit)
            .Select(e => new EventAnswer(e.Version, e.Type, e.At, JsonNode.Parse(e.Data)!)).ToArray();
        var isMore = page.Length > 0 && page[^1].Version < events[^1].Version;
        return Results.Ok(new PageAnswer<EventAnswer>(page, new PageMeta(isMore ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null)));
    }

    private static async Task<IResult> Votes(Guid id, ClaimsPrincipal caller, ClusterCalls cluster, CancellationToken cancellationToken)
    {
        var owner = caller.Owner();
        return await cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Votes(owner), cancellationToken) is { } votes
            ? Results.Ok(new VotesAnswer(votes))
            : Problem.NotFound("reservation");
    }

    private static async Task<IResult> List(HttpRequest request, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 50, 1, 200);
        var after = ListCursor.Read(request.Query["after"].ToString(), findings);
        if (findings.Any)
            return findings.AsProblem();
        var page = await bookings.List(caller.Owner(), after, limit, cancellationToken);
        return Results.Ok(new PageAnswer<ReservationView>(page, new PageMeta(page.Length == limit ? ListCursor.Write(page[^1]) : null)));
    }
}

/// <param name="Data">The event itself; the payment token is left out.</param>
internal sealed record EventAnswer(long Version, string Type, DateTimeOffset At, JsonNode Data);

internal sealed record VotesAnswer(IReadOnlyList<VoteView> Data);

/// <summary>A place in the own list, as it stands in <c>after</c>: ticks and id.</summary>
internal static class ListCursor
{
    public static string Write(ReservationView last) => string.Create(CultureInfo.InvariantCulture, $"{last.CreatedAt.UtcTicks}_{last.Id:N}");

    public static ReservationCursor? Read(string text, Findings findings)
    {
        if (text.Length == 0)
            return null;
        var parts = text.Split('_');
        var id = Guid.Empty;
        var ticks = 0L;
        var isValid = parts.Length == 2 && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out ticks)
            && ticks <= DateTime.MaxValue.Ticks && Guid.TryParseExact(parts[1], "N", out id);
        return findings.Require(isValid, "after", "must be as the page before gave it")
            ? new ReservationCursor(new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : null;
    }
}
