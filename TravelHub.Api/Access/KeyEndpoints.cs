using System.Security.Claims;
using Microsoft.OpenApi;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Access;

/// <summary><c>/v1/keys</c>: operators issue, list, rotate and revoke API keys.</summary>
internal static class KeyEndpoints
{
    private const string Tag = "Keys";
    private const long LongestGraceSeconds = 30 * 24 * 60 * 60;
    private const long UsualGraceSeconds = 60 * 60;
    private const int LongestLifeDays = 3_653;

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/v1/keys").RequireAuthorization(Roles.Operator);
        keys.MapPost("", Issue)
            .Describe("issueKey", Tag, "Issues an API key. The answer is the only place where it is ever shown.")
            .Answers<IssuedKeyAnswer>(StatusCodes.Status201Created).Refuses(400, 415, 422, 503);
        keys.MapGet("", List)
            .Describe("listKeys", Tag, "API keys, newest first, without their secrets.")
            .Takes("limit", "Keys on a page, 1 to 200; 50 if left out.", JsonSchemaType.Integer)
            .Takes("after", "As the page before gave it in meta.after.")
            .Answers<PageAnswer<KeyAnswer>>().Refuses(422, 503);
        keys.MapPost("/{id}/rotation", Rotate)
            .Describe("rotateKey", Tag, "Issues a key of the same owner and role in the place of one, which stays good for a while.")
            .Answers<IssuedKeyAnswer>(StatusCodes.Status201Created).Refuses(400, 404, 409, 415, 422, 503);
        keys.MapDelete("/{id}", Revoke)
            .Describe("revokeKey", Tag, "Revokes a key for good, at all gateways within 5 s.")
            .Refuses(404, 503).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Issue(
        KeyRequest body, ClaimsPrincipal caller, KeyStore store, KeyRing ring, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var findings = new Findings();
        if (findings.RequireCode(body.Owner, "owner", 64))
            findings.Require(!KeyRequest.IsReserved(body.Owner!), "owner", "must not begin with 'development-' or 'visitor-'");
        findings.Require(body.Role is Roles.Client or Roles.Operator or Roles.Researcher, "role", "must be client, operator or researcher");
        CheckExpiry(body.ExpiresAt, now, findings);
        if (findings.Any)
            return findings.AsProblem();
        var (id, secret, hash) = KeySecret.New();
        var key = new ApiKey(id, hash, body.Owner!, body.Role!, now, caller.Owner(), body.ExpiresAt, null, null);
        await store.Issue(key, cancellationToken);
        ring.Learn([key]);
        return Results.Json(IssuedKeyAnswer.Of(key, secret), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> List(HttpRequest request, KeyStore store, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        var limit = (int)findings.ReadNumber(request.Query, "limit", 50, 1, 200);
        var after = request.Query["after"].ToString();
        if (after.Length > 0)
            findings.RequireCode(after, "after", 64);
        if (findings.Any)
            return findings.AsProblem();
        var page = await store.Page(after.Length > 0 ? after : null, limit, cancellationToken);
        var now = time.GetUtcNow();
        return Results.Ok(new PageAnswer<KeyAnswer>([.. page.Select(key => KeyAnswer.Of(key, now))], new PageMeta(page.Count == limit ? page[^1].Id : null)));
    }

    private static async Task<IResult> Rotate(
        string id, RotationRequest body, ClaimsPrincipal caller, KeyStore store, KeyRing ring, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var grace = body.GraceSeconds ?? UsualGraceSeconds;
        var findings = new Findings();
        findings.RequireRange(grace, "graceSeconds", 0, LongestGraceSeconds);
        CheckExpiry(body.ExpiresAt, now, findings);
        if (findings.Any)
            return findings.AsProblem();
        if (!KeySecret.IsId(id))
            return Problem.NotFound("key");
        var (freshId, secret, hash) = KeySecret.New();
        var (old, fresh) = await store.Rotate(
            id,
            key => key.IsGood(now) && key.ReplacedBy is null
                ? new ApiKey(freshId, hash, key.Owner, key.Role, now, caller.Owner(), body.ExpiresAt ?? now + (key.ExpiresAt - key.CreatedAt), null, null)
                : null,
            now.AddSeconds(grace), cancellationToken);
        if (old is null)
            return Problem.NotFound("key");
        if (fresh is null)
            return Problem.Of(StatusCodes.Status409Conflict, "not-rotatable", $"The key is {old.StatusAt(now)}: only one that is active can be rotated; issue a new one.");
        ring.Learn([old, fresh]);
        return Results.Json(IssuedKeyAnswer.Of(fresh, secret), statusCode: StatusCodes.Status201Created);
    }

    private static void CheckExpiry(DateTimeOffset? expiresAt, DateTimeOffset now, Findings findings) =>
        findings.Require(expiresAt is not { } at || (at > now && at < now.AddDays(LongestLifeDays)), "expiresAt", "must be a time to come, within ten years");

    private static async Task<IResult> Revoke(string id, KeyStore store, KeyRing ring, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!KeySecret.IsId(id) || await store.Revoke(id, time.GetUtcNow(), cancellationToken) is not { } key)
            return Problem.NotFound("key");
        ring.Learn([key]);
        return Results.NoContent();
    }
}

/// <summary>The body of <c>POST /v1/keys</c>.</summary>
/// <param name="Owner">Whose reservations its holder sees: the same owner may have many keys.</param>
/// <param name="ExpiresAt">Null: never.</param>
internal sealed record KeyRequest(string? Owner, string? Role, DateTimeOffset? ExpiresAt)
{
    // Those of the settings' keys, and of browsers.
    public static bool IsReserved(string owner) =>
        owner.StartsWith("development-", StringComparison.OrdinalIgnoreCase) || owner.StartsWith("visitor-", StringComparison.OrdinalIgnoreCase);
}

/// <summary>The body of <c>POST /v1/keys/{id}/rotation</c>.</summary>
/// <param name="GraceSeconds">How long the old key stays good: 0 to 30 days, an hour if left out.</param>
/// <param name="ExpiresAt">Of the new key; left out, it lives as long as the old one was to live.</param>
internal sealed record RotationRequest(long? GraceSeconds, DateTimeOffset? ExpiresAt);

/// <summary>A new key.</summary>
/// <param name="Key">The key itself, shown this once.</param>
internal sealed record IssuedKeyAnswer(string Id, string Key, string Owner, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt)
{
    public static IssuedKeyAnswer Of(ApiKey key, string secret) => new(key.Id, secret, key.Owner, key.Role, key.CreatedAt, key.ExpiresAt);
}

/// <param name="Status"><c>active</c>, <c>replaced</c> (good until it expires), <c>expired</c> or <c>revoked</c>.</param>
internal sealed record KeyAnswer(
    string Id, string Owner, string Role, string Status, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    string? ReplacedBy)
{
    public static KeyAnswer Of(ApiKey key, DateTimeOffset now) => new(
        key.Id, key.Owner, key.Role, key.StatusAt(now), key.CreatedAt, key.CreatedBy, key.ExpiresAt, key.RevokedAt, key.ReplacedBy);
}
