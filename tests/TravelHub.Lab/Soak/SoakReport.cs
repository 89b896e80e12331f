using TravelHub.Lab.Faults;

namespace TravelHub.Lab.Soak;

/// <summary>What a soak came to.</summary>
/// <param name="Faults">How many of each kind were made.</param>
/// <param name="Missed">Those that hit who was dead already.</param>
internal sealed record SoakReport(int Seed, string? Plant, double Minutes, double EverySeconds, int Clients, IReadOnlyDictionary<string, int> Faults, int Missed, LabOutcome Outcome)
{
    public bool Holds => Faults.Count > 0 && Verdict.Holds(Outcome);

    /// <summary>The faults of a schedule, counted.</summary>
    public static IReadOnlyDictionary<string, int> Count(IEnumerable<Fault> faults) =>
        faults.CountBy(fault => fault.Kind).ToDictionary(kind => kind.Key.ToString(), kind => kind.Value);
}
