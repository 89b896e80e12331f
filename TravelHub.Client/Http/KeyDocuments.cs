namespace TravelHub.Client.Http;

/// <summary>A new API key.</summary>
/// <param name="Key">The key itself: the gateway shows it this once.</param>
internal sealed record IssuedKey(string Id, string Key, string Owner, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null);

/// <summary>An API key without its secret.</summary>
/// <param name="Status"><c>active</c>, <c>replaced</c> (good until it expires), <c>expired</c> or <c>revoked</c>.</param>
internal sealed record KnownKey(
    string Id, string Owner, string Role, string Status, DateTimeOffset CreatedAt, string CreatedBy, DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null, string? ReplacedBy = null);

internal sealed record KeyPage(IReadOnlyList<KnownKey> Data, KeyPage.PageMeta Meta)
{
    internal sealed record PageMeta(string? After = null);
}
