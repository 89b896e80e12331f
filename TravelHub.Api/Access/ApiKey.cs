namespace TravelHub.Api.Access;

/// <summary>A key as it is stored.</summary>
/// <param name="Id">Stands in clear in the key.</param>
/// <param name="Hash">Of the whole key.</param>
/// <param name="ExpiresAt">Null: never.</param>
/// <param name="ReplacedBy">The key that a rotation put in its place.</param>
internal sealed record ApiKey(
    string Id, byte[] Hash, string Owner, string Role, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt,
    string? ReplacedBy)
{
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && !(ExpiresAt <= now);

    /// <summary><c>active</c>, <c>replaced</c> (good until it expires), <c>expired</c> or <c>revoked</c>.</summary>
    public string StatusAt(DateTimeOffset now) =>
        RevokedAt is not null ? "revoked" : ExpiresAt <= now ? "expired" : ReplacedBy is not null ? "replaced" : "active";
}
