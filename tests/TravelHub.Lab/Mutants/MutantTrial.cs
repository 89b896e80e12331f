using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Mutants;

/// <summary>What it takes to meet a planted bug.</summary>
internal enum MutantStage
{
    /// <summary>Customers alone, in this process.</summary>
    Calm,

    /// <summary>In this process, and silos die.</summary>
    SilosDie,

    /// <summary>In this process, and a replica lies.</summary>
    AReplicaLies,

    /// <summary>An instance of its own, as <c>soak</c> has one, with the trial's faults.</summary>
    Instance,
}

/// <summary>One planted bug, and where the checks have to find it.</summary>
/// <param name="What">What it does, in a few words.</param>
/// <param name="Faults">Of an instance; the other stages have their own.</param>
internal sealed record MutantTrial(string Name, string What, MutantStage Stage = MutantStage.Calm, double Seconds = 6, params ScenarioFault[] Faults)
{
    /// <summary>Customers in a closed loop.</summary>
    public int Clients { get; init; } = 12;
}
