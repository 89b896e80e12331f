using System.Globalization;

namespace TravelHub.Grains.Payments;

/// <summary>Keys of replicas: <c>group/number</c>, the number from 1.</summary>
internal static class ReplicaNames
{
    public static string Of(long group, int number) => string.Create(CultureInfo.InvariantCulture, $"{group}/{number}");

    public static int Number(string name) => int.Parse(name.AsSpan(name.IndexOf('/', StringComparison.Ordinal) + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
