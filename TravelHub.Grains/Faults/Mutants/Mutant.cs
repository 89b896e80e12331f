namespace TravelHub.Grains.Faults.Mutants;

/// <summary>A planted bug of a silo.</summary>
/// <param name="Plant">Stands the bug around what it spoils.</param>
internal sealed record Mutant(string Name, Action<ISiloBuilder> Plant);
