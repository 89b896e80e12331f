using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Access;

/// <summary>
/// The keys that stand in the settings, for development. They lie in clear in a file, so they open nothing to other machines: the gateway must listen on
/// loopback alone, the caller must come from it, and nobody may have forwarded the request. Where it listens is read from the settings: the server itself
/// has not said so yet when its first request comes.
/// </summary>
internal sealed class DevelopmentKeys(IOptions<KeyOptions> keys, IConfiguration configuration, ILogger<DevelopmentKeys> logger)
{
    private static readonly string[] Forwarded = ["Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"];

    private readonly (byte[] Hash, KnownCaller Caller)[] _keys =
    [
        .. new[] { (Roles.Client, keys.Value.Client), (Roles.Operator, keys.Value.Operator), (Roles.Researcher, keys.Value.Researcher) }
            .Where(k => !string.IsNullOrEmpty(k.Item2))
            .Select(k => (KeySecret.Hash(k.Item2!), new KnownCaller($"development-{k.Item1}", k.Item1, $"development-{k.Item1}"))),
    ];

    private readonly Lazy<bool> _isOnLoopback = new(() => IsOnLoopback(configuration, keys.Value, logger));

    /// <summary>Compares with every key, in a time that tells nothing.</summary>
    /// <returns>Null when it is none of them, or none may be used here.</returns>
    public KnownCaller? Find(byte[] hash, HttpContext context)
    {
        KnownCaller? found = null;
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
                found = key.Caller;
        }

        return found is not null && MayBeUsed(context) ? found : null;
    }

    /// <returns>The caller whose key has this id; null when there is none, or none may be used here.</returns>
    public KnownCaller? ById(string id, HttpContext context) =>
        MayBeUsed(context) ? _keys.Select(k => k.Caller).FirstOrDefault(caller => caller.KeyId == id) : null;

    /// <summary>Whether there is such a key; that it may be used from where it came was seen when it came.</summary>
    public bool Has(string id, string role) => _keys.Any(k => k.Caller.KeyId == id && k.Caller.Role == role);

    private bool MayBeUsed(HttpContext context) =>
        _isOnLoopback.Value
        && context.Connection is { RemoteIpAddress: { } remote, LocalIpAddress: { } local } && IPAddress.IsLoopback(remote) && IPAddress.IsLoopback(local)
        && !Forwarded.Any(context.Request.Headers.ContainsKey);

    private static bool IsOnLoopback(IConfiguration configuration, KeyOptions keys, ILogger logger)
    {
        string[] open = [.. ListenAddresses.Of(configuration).Where(address => !ListenAddresses.IsLoopback(address))];
        if (open.Length > 0 && (keys.Client ?? keys.Operator ?? keys.Researcher) is not null)
            logger.LogWarning("Development keys are switched off: the gateway listens on {Addresses}, and not on loopback alone", string.Join(", ", open));
        return open.Length == 0;
    }
}
