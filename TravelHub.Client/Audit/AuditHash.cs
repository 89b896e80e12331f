using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Client.Audit;

/// <summary>The audit log's hash chain, computed a second time: the database computes it when it appends (<c>sql/0007_access.sql</c>), this checks it.</summary>
internal static class AuditHash
{
    /// <summary>What the first row is chained to.</summary>
    public static byte[] Seed { get; } = SHA256.HashData("audit"u8);

    /// <summary>A row's hash.</summary>
    /// <param name="previous">The hash of the row before it: 32 bytes.</param>
    /// <param name="texts">Who, key, role, action, target, outcome, detail.</param>
    public static byte[] Of(ReadOnlySpan<byte> previous, long number, DateTime at, long? about, IEnumerable<string> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        hash.AppendData(previous);
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
        AppendText(hash, at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        AppendText(hash, about?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var text in texts)
            AppendText(hash, text);
        return hash.GetHashAndReset();
    }

    private static void AppendText(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
