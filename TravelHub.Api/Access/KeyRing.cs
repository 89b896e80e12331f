using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Access;

/// <summary>
/// The API keys that are known, as hashes. A request asks memory alone: what changes in the database comes here by <see cref="KeyRefresh"/>. While the
/// database is away the known ones are taken for <see cref="KeyOptions.TrustFor"/>; nothing becomes known, and what was revoked stays so.
/// </summary>
internal sealed class KeyRing(DevelopmentKeys development, IOptions<KeyOptions> options, TimeProvider time)
{
    // A key that was issued here may be newer than what a full reading saw.
    private static readonly TimeSpan IssuedMeanwhile = TimeSpan.FromSeconds(30);

    private static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);
    private long _readTimestamp;
    private volatile bool _isLastReadingGood;

    /// <summary>Whether a key may exist that is not known here, because the database does not answer.</summary>
    public bool IsBlind => !_isLastReadingGood;

    /// <returns>Whom the key stands for; null when it is none of ours, or is expired, revoked, or has been out of our sight for too long.</returns>
    public KnownCaller? Find(string presented, HttpContext context)
    {
        var hash = KeySecret.Hash(presented);
        if (KeySecret.IdOf(presented) is not { } id)
            return development.Find(hash, context);
        // One comparison whether or not there is such an id.
        var key = _keys.GetValueOrDefault(id);
        var isSame = CryptographicOperations.FixedTimeEquals(key?.Hash ?? NoHash, hash);
        return isSame ? IfGood(key) : null;
    }

    /// <summary>Whom a key stands for now, who has shown it before.</summary>
    public KnownCaller? ById(string id, HttpContext context) => development.ById(id, context) ?? IfGood(_keys.GetValueOrDefault(id));

    /// <summary>Whether a key that was good when its request came still has this role.</summary>
    public bool IsGood(string id, string role) => development.Has(id, role) || IfGood(_keys.GetValueOrDefault(id))?.Role == role;

    /// <inheritdoc cref="IsGood(string, string)"/>
    public bool IsGood(ClaimsPrincipal caller) =>
        IsGood(caller.FindFirstValue(KnownCaller.KeyClaim) ?? "", caller.FindFirstValue(ClaimTypes.Role) ?? "");

    /// <summary>Takes in what the database says of some keys. A reading may be older than what is known: what ends a key is never taken back.</summary>
    public void Learn(IEnumerable<ApiKey> keys)
    {
        foreach (var key in keys)
            _keys.AddOrUpdate(key.Id, key, (_, known) => IsOlder(key, known) ? known : key);
    }

    private static bool IsOlder(ApiKey said, ApiKey known) =>
        (known.RevokedAt is not null && said.RevokedAt is null) || (known.ReplacedBy is not null && said.ReplacedBy is null);

    /// <summary>The database was read just now.</summary>
    /// <param name="all">All keys that it has, when all were read: others are gone, as after a restore.</param>
    public void WasRead(IReadOnlyCollection<ApiKey>? all = null)
    {
        if (all is not null)
        {
            var ids = all.Select(key => key.Id).ToHashSet(StringComparer.Ordinal);
            var before = time.GetUtcNow() - IssuedMeanwhile;
            foreach (var gone in _keys.Values.Where(key => !ids.Contains(key.Id) && key.CreatedAt < before))
                _keys.TryRemove(gone.Id, out _);
        }

        Volatile.Write(ref _readTimestamp, time.GetTimestamp());
        _isLastReadingGood = true;
    }

    public void WasNotRead() => _isLastReadingGood = false;

    private KnownCaller? IfGood(ApiKey? key) =>
        key is not null && key.IsGood(time.GetUtcNow()) && time.GetElapsedTime(Volatile.Read(ref _readTimestamp)) <= options.Value.TrustFor
            ? new KnownCaller(key.Owner, key.Role, key.Id)
            : null;
}
