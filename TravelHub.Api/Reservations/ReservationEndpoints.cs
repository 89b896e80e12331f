using System.Globalization;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using TravelHub.Api.Access;
using TravelHub.Api.Cluster;
using TravelHub.Api.Intake;
using TravelHub.Api.Limits;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Api.Reference;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary><c>/v1/reservations</c>: a client's own, and nobody else's.</summary>
internal static class ReservationEndpoints
{
    private const string Tag = "Reservations";

    public static void MapReservations(this IEndpointRouteBuilder routes)
    {
        var reservations = routes.MapGroup("/v1/reservations").RequireAuthorization(Roles.Client);
        reservations.MapPost("", Book).WithPriority(Priority.Booking)
            .Describe("book", Tag, "Books stays, or holds them. The same Idempotency-Key never books twice.")
            .TakesHeader(IdempotencyKeys.Header, "1 to 255 printable characters, new for each booking and the same for its repeats.", required: true)
            .Answers<ReservationView>(201).Answers<ReservationView>(202).Refuses(400, 402, 409, 413, 415, 422, 503);
        reservations.MapGet("", List).WithPriority(Priority.Search)
            .Describe("listReservations", Tag, "Your own reservations, newest first.")
            .Takes("limit", "Reservations on a page, 1 to 200; 50 if left out.", JsonSchemaType.Integer)
            .Takes("after", "As the page before gave it in meta.after.")
            .Answers<OwnPage<ReservationView>>().Answers<NoAnswerBody>(202).Refuses(422);
        reservations.MapGet("/{id:guid}", Get).WithPriority(Priority.Search)
            .Describe("getReservation", Tag, "A reservation as it stands; while it waits in the gateway's intake, as the intake knows it.")
            .Answers<ReservationView>().Answers<NoAnswerBody>(202).Refuses(404);
        reservations.MapGet("/{id:guid}/live", (Guid id, HttpContext context, ClaimsPrincipal caller, LiveReservation live) => live.Open(id, context, caller)).WithPlaceAmongStreams()
            .Describe("watchReservation", Tag, "A reservation as it stands and each change of it, as server-sent events.")
            .TakesHeader("Last-Event-ID", "The version that was told last: 204 when nothing more will happen to it.", required: false)
            .Produces<ReservationView>(200, "text/event-stream").Answers<NoAnswerBody>(202).Produces(204).Refuses(404, 429);
        reservations.MapGet("/{id:guid}/events", Events).WithPriority(Priority.Search)
            .Describe("listReservationEvents", Tag, "What happened to a reservation, in order.")
            .Takes("limit", "Events on a page, 1 to 200; 200 if left out.", JsonSchemaType.Integer)
            .Takes("after", "As the page before gave it in meta.after.")
            .Answers<OwnPage<EventAnswer>>().Answers<NoAnswerBody>(202).Refuses(404, 422);
        reservations.MapGet("/{id:guid}/votes", Votes).WithPriority(Priority.Search)
            .Describe("listReservationVotes", Tag, "How the replicas voted on what a reservation costs.")
            .Answers<VotesAnswer>().Answers<NoAnswerBody>(202).Refuses(404);
        reservations.MapPost("/{id:guid}/payment", Pay).WithPriority(Priority.Payment)
            .Describe("pay", Tag, "Pays for a reservation that is held, or whose payment was declined.")
            .TakesHeader(IdempotencyKeys.Header, "Names the attempt; without it, the token does.", required: false)
            .Answers<ReservationView>().Answers<ReservationView>(202).Refuses(400, 402, 404, 409, 415, 422, 503);
        reservations.MapPost("/{id:guid}/cancellation", Cancel).WithPriority(Priority.Payment)
            .Describe("cancel", Tag, "Cancels a reservation, and refunds what its terms give back.")
            .TakesHeader("If-Match", "The ETag that the reservation was read with: cancel it only as it was then.", required: false)
            .Answers<ReservationView>().Answers<ReservationView>(202).Refuses(400, 404, 409, 412, 503);
        reservations.MapGet("/{id:guid}/cancellation", PreviewCancellation).WithPriority(Priority.Search)
            .Describe("previewCancellation", Tag, "What a cancellation would give back now.")
            .Answers<CancellationPreview>().Answers<NoAnswerBody>(202).Refuses(404, 409);
    }

    private static async Task<IResult> Book(
        BookingRequest body, HttpContext context, ClaimsPrincipal caller, KeptWrites writes, TimeProvider time)
    {
        var key = context.Request.Headers[IdempotencyKeys.Header].ToString();
        if (!IdempotencyKeys.IsValid(key))
            return Problem.Of(400, "idempotency-key-missing", $"Send a header {IdempotencyKeys.Header} of 1 to 255 printable characters, new for each booking and the same for its repeats.");
        var findings = new Findings();
        var askedAt = time.GetUtcNow();
        if (body.Read(caller.Owner(), askedAt, findings) is not { } command)
            return findings.AsProblem();

        var id = IdempotencyKeys.ReservationId(command.Owner, key);
        return await writes.Carry(id, () => KeptRequest.Of(id, command, askedAt), r => r.Book(command), StatusCodes.Status201Created);
    }

    private static async Task<IResult> Pay(
        Guid id, PaymentRequest body, HttpContext context, ClaimsPrincipal caller, KeptWrites writes, TimeProvider time)
    {
        var askedAt = time.GetUtcNow();
        var findings = new Findings();
        PaymentTokens.Check(body.PaymentToken, findings);
        if (findings.Any)
            return findings.AsProblem();
        // Without a key of its own, an attempt is named by its token.
        var key = context.Request.Headers[IdempotencyKeys.Header].ToString();
        if (key.Length > 0 && !IdempotencyKeys.IsValid(key))
            return Problem.Of(400, "idempotency-key-invalid", $"{IdempotencyKeys.Header} must be 1 to 255 printable characters.");
        var command = new PayCommand(caller.Owner(), key.Length > 0 ? $"key {key}" : $"token {body.PaymentToken}", body.PaymentToken!);
        return await writes.Carry(id, () => KeptRequest.Of(id, command, askedAt), r => r.Pay(command), StatusCodes.Status200OK);
    }

    private static async Task<IResult> Cancel(Guid id, HttpContext context, ClaimsPrincipal caller, KeptWrites writes, TimeProvider time)
    {
        long? version = null;
        var ifMatch = context.Request.Headers.IfMatch.ToString().Trim();
        if (ifMatch.Length > 0 && ifMatch != "*")
        {
            if (!long.TryParse(ifMatch.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var parsed))
                return Problem.Of(400, "if-match-invalid", "If-Match must be the ETag that the reservation was read with, such as \"3\".");
            version = parsed;
        }

        var askedAt = time.GetUtcNow();
        var command = new CancelCommand(caller.Owner(), version, askedAt);
        return await writes.Carry(id, () => KeptRequest.Of(id, command, askedAt), r => r.Cancel(command), StatusCodes.Status200OK, isCancellation: true);
    }

    private static async Task<IResult> PreviewCancellation(Guid id, ClaimsPrincipal caller, Bookings bookings, CancellationToken cancellationToken)
    {
        try
        {
            return await bookings.PreviewCancellation(id, caller.Owner(), cancellationToken) is { } preview
                ? preview.Why is { } why ? Problem.Of(why) : Results.Ok(preview)
                : Problem.NotFound("reservation");
        }
        catch (Exception e) when (ClusterFailure.IsNoAnswer(e))
        {
            return new NoAnswerYet();   // an old answer would promise what may not be given back any more
        }
    }

    private static async Task<IResult> Get(Guid id, ClaimsPrincipal caller, ReservationReads reservations) => (await reservations.Get(id, caller.Owner())).Answer();

    private static async Task<IResult> Events(
        Guid id, HttpRequest request, ClaimsPrincipal caller, ClusterCalls cluster, LastGood lastGood)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 200, 1, 200);
        var after = findings.ReadNumber(request.Query, "after", 0, 0, long.MaxValue);
        if (findings.Any)
            return findings.AsProblem();
        var owner = caller.Owner();
        var reading = await lastGood.Own(
            $"events/{id:N}/{owner}", Dependency.Reservations,
            () => cluster.Read(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Events(owner), CancellationToken.None).AsTask());
        if (reading is null or { Value: null, IsStale: true })
            return new NoAnswerYet();
        if (reading.Value is not { } events)
            return Problem.NotFound("reservation");
        var page = events.Where(e => e.Version > after).Take(limit)
            .Select(e => new EventAnswer(e.Version, e.Type, e.At, JsonNode.Parse(e.Data)!)).ToArray();
        var isMore = page.Length > 0 && page[^1].Version < events[^1].Version;
        return Results.Ok(new OwnPage<EventAnswer>(
            page, new PageMeta(isMore ? page[^1].Version.ToString(CultureInfo.InvariantCulture) : null), reading.Source, reading.AsOf, reading.Degraded));
    }

    private static async Task<IResult> Votes(Guid id, ClaimsPrincipal caller, ClusterCalls cluster, LastGood lastGood)
    {
        var owner = caller.Owner();
        var reading = await lastGood.Own(
            $"votes/{id:N}/{owner}", Dependency.Reservations,
            () => cluster.Read(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Votes(owner), CancellationToken.None).AsTask());
        if (reading is null or { Value: null, IsStale: true })
            return new NoAnswerYet();
        return reading.Value is { } votes
            ? Results.Ok(new VotesAnswer(votes, reading.Source, reading.AsOf, reading.Degraded))
            : Problem.NotFound("reservation");
    }

    private static async Task<IResult> List(HttpRequest request, ClaimsPrincipal caller, ClusterCalls cluster, LastGood lastGood)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 50, 1, 200);
        var after = ListCursor.Read(request.Query["after"].ToString(), findings);
        if (findings.Any)
            return findings.AsProblem();
        var owner = caller.Owner();
        var reading = await lastGood.Own(
            $"list/{limit}/{request.Query["after"]}/{owner}", Dependency.ReservationList,
            () => cluster.Read(Dependency.ReservationList, grains => grains.GetGrain<IReservationListGrain>(0).List(owner, after, limit), CancellationToken.None).AsTask(),
            size: views => 1 + (views.Length / 10));
        if (reading is null)
            return new NoAnswerYet();
        var page = reading.Value;
        return Results.Ok(new OwnPage<ReservationView>(
            page, new PageMeta(page.Length == limit ? ListCursor.Write(page[^1]) : null), reading.Source, reading.AsOf, reading.Degraded));
    }
}

/// <summary>A page of what only its owner sees.</summary>
/// <param name="Source">One of <see cref="ReadSource"/>.</param>
/// <param name="AsOf">When it was true.</param>
internal sealed record OwnPage<T>(IReadOnlyList<T> Data, PageMeta Meta, string Source, DateTimeOffset AsOf, bool Degraded);

/// <param name="Data">The event itself; the payment token is left out.</param>
internal sealed record EventAnswer(long Version, string Type, DateTimeOffset At, JsonNode Data);

/// <inheritdoc cref="OwnPage{T}" path="/param"/>
internal sealed record VotesAnswer(IReadOnlyList<VoteView> Data, string Source, DateTimeOffset AsOf, bool Degraded);

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
