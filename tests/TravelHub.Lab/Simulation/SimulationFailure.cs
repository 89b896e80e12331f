namespace TravelHub.Lab.Simulation;

/// <summary>A promise was broken in a simulated world.</summary>
internal sealed class SimulationFailure(string what) : Exception(what);
