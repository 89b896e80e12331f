namespace TravelHub.Lab.Simulation;

/// <summary>A grain's memory on a silo; there may be another of the same grain elsewhere.</summary>
internal interface ISimulatedActivation
{
    int Silo { get; }

    /// <summary>Whether the log has refused it, or not answered: it must go.</summary>
    bool IsBroken { get; }
}
