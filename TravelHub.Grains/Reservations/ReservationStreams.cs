namespace TravelHub.Grains.Reservations;

/// <summary>Names of the streams of reservations.</summary>
internal static class ReservationStreams
{
    /// <summary>What all of them begin with, and no other stream does.</summary>
    public const string Prefix = "reservation/";

    public static string Name(Guid id) => $"{Prefix}{id:D}";

    /// <exception cref="FormatException">It is the name of another stream.</exception>
    public static Guid Id(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal)
        ? Guid.ParseExact(stream.AsSpan(Prefix.Length), "D")
        : throw new FormatException($"'{stream}' is not the stream of a reservation");
}
