using System.Globalization;

namespace TravelHub.Grains.Payments;

/// <summary>Keys of replicas: <c>group/number</c>, the number from 1.</summary>
internal static class ReplicaNames
{
    public static string Of(long group, int number) => string.Create(CultureInfo.InvariantCulture, $"{group}/{number}");

    public static long Group(string name) => long.Parse(name.AsSpan(0, Slash(name)), NumberStyles.None, CultureInfo.InvariantCulture);

    public static int Number(string name) => int.Parse(name.AsSpan(Slash(name) + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Whether this is the name of a replica, of whatever group.</summary>
    public static bool IsValid(string name) =>
        name.Split('/') is [var group, var number]
        && long.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= Ballot.Replicas;

    private static int Slash(string name) => name.IndexOf('/', StringComparison.Ordinal);
}
