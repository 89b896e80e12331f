using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Access;

/// <summary>The API keys that are known, as hashes.</summary>
internal sealed class KeyRing(IOptions<KeyOptions> keys)
{
    private readonly (string Role, byte[] Hash)[] _keys =
    [
        .. new[] { (Roles.Client, keys.Value.Client), (Roles.Operator, keys.Value.Operator), (Roles.Researcher, keys.Value.Researcher) }
            .Where(k => !string.IsNullOrEmpty(k.Item2))
            .Select(k => (k.Item1, SHA256.HashData(Encoding.UTF8.GetBytes(k.Item2!)))),
    ];

    /// <summary>Compares with every key, in a time that tells nothing.</summary>
    /// <returns>The key's role, or null when it is none of ours.</returns>
    public string? RoleOf(string presented)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        string? role = null;
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(key.Hash, hash))
                role = key.Role;
        }

        return role;
    }
}
