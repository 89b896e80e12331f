namespace TravelHub.Lab.DatabaseAway;

/// <summary>What an absence of the database came to.</summary>
/// <param name="AwaySeconds">From its stop until it took connections again.</param>
/// <param name="FullServiceSeconds">From then until every room could be booked again; null when that was not in time.</param>
/// <param name="SilosReadySeconds">From then until all silos said that they are ready; null when that was not in time.</param>
internal sealed record DatabaseAwayReport(
    int Seed, string? Plant, string How, string Silo, double AwaySeconds, double? FullServiceSeconds, double? SilosReadySeconds, LabOutcome Outcome)
{
    /// <summary>Full service has to be back this soon after the database.</summary>
    public const double MostSeconds = 15;

    public bool IsBackInTime => FullServiceSeconds <= MostSeconds;

    public bool Holds => IsBackInTime && Verdict.Holds(Outcome);
}
