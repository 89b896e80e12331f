using System.Security.Cryptography;

namespace TravelHub.Client;

/// <summary>Passwords and keys of 256 random bits.</summary>
internal static class Secret
{
    private const string Base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>43 letters and digits carry 256 bits, and need no quoting anywhere.</summary>
    public static string New() => RandomNumberGenerator.GetString(Base62, 43);

    /// <summary>32 bytes as base64.</summary>
    public static string NewSigningKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
