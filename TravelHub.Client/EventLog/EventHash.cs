using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TravelHub.Client.EventLog;

/// <summary>
/// The log's hash chain, computed a second time: the database computes it when it appends (see the scripts in <c>sql/</c>), this checks it.
/// append_id, recorded_at, transaction and position are not part of it.
/// </summary>
internal static class EventHash
{
    /// <summary>What a stream's first event is chained to.</summary>
    public static byte[] Seed(string stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream));

    /// <summary>An event's hash.</summary>
    /// <param name="previous">The hash of the stream's event before it: 32 bytes.</param>
    /// <param name="payload">The stored text's bytes.</param>
    public static byte[] Of(ReadOnlySpan<byte> previous, long version, string type, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        hash.AppendData(previous);
        BinaryPrimitives.WriteInt64BigEndian(number, version);
        hash.AppendData(number);
        AppendWithLength(hash, Encoding.UTF8.GetBytes(type));
        AppendWithLength(hash, payload);
        return hash.GetHashAndReset();
    }

    private static void AppendWithLength(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
