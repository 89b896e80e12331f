using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Api.Access;

/// <summary>A key in clear: <c>thk_ID_SECRET</c>. It exists when it is issued and while it is presented, and nowhere else.</summary>
internal static class KeySecret
{
    private const string Prefix = "thk_";
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 43;   // of 62 letters: 256 bits

    public static (string Id, string Key, byte[] Hash) New()
    {
        var id = RandomNumberGenerator.GetString(Base62, IdLength);
        var key = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Base62, SecretLength)}";
        return (id, key, Hash(key));
    }

    /// <summary>Whether it can be the id of a key.</summary>
    public static bool IsId(string id) => id.Length == IdLength && id.All(char.IsAsciiLetterOrDigit);

    /// <returns>The id in it, or null when it has not the form of a key.</returns>
    public static string? IdOf(string presented) =>
        presented.Length == Prefix.Length + IdLength + 1 + SecretLength && presented.StartsWith(Prefix, StringComparison.Ordinal)
            && presented[Prefix.Length + IdLength] == '_'
            ? presented.Substring(Prefix.Length, IdLength)
            : null;

    /// <summary>One SHA-256 is enough: nobody can try 2^256 secrets, which is what a slow hash would slow down.</summary>
    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
