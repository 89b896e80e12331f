namespace TravelHub.Lab.Payments;

/// <summary>What the payments came to.</summary>
/// <param name="Asked">How many attempts were asked for.</param>
/// <param name="Faults">How many of each kind were made.</param>
internal sealed record PaymentsReport(
    int Seed, string? Plant, long Asked, double EverySeconds, int Clients, IReadOnlyDictionary<string, int> Faults, LabOutcome Outcome)
{
    public bool Holds => Faults.Count > 0 && Outcome.PaymentAttempts >= Asked && Verdict.Holds(Outcome);
}
