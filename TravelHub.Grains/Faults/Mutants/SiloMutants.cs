using System.Collections.Frozen;

namespace TravelHub.Grains.Faults.Mutants;

/// <summary>All planted bugs of a silo by name. The lab must find each; a build for anything else has none of them.</summary>
internal static class SiloMutants
{
    private static readonly FrozenDictionary<string, Mutant> ByName =
        PaymentMutants.All.Concat(LogMutants.All).Concat(RoomMutants.All).Concat(ReservationMutants.All).Concat(VoteMutants.All).ToFrozenDictionary(mutant => mutant.Name);

    /// <summary>The silo runs with this bug. After <c>AddTravelHubGrains</c>.</summary>
    /// <returns>Whether it is a silo's: a gateway has its own.</returns>
    public static bool AddMutant(this ISiloBuilder silo, string? name)
    {
        if (name is null || !ByName.TryGetValue(name, out var mutant))
            return name is not null && name.StartsWith("gateway-", StringComparison.Ordinal);
        mutant.Plant(silo);
        return true;
    }
}
