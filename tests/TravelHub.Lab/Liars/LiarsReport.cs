namespace TravelHub.Lab.Liars;

/// <summary>One replica that misbehaved and was quarantined.</summary>
/// <param name="Kind">How it misbehaved.</param>
/// <param name="Seconds">From when all silos acted on the fault until the quarantine.</param>
/// <param name="Why">What it was quarantined for.</param>
internal sealed record Find(string Kind, string Replica, double Seconds, string? Why);

/// <summary>What the liars came to.</summary>
/// <param name="FalselyAccused">Replicas that lost their vote though nothing was wrong with them.</param>
/// <param name="Outcome">Of the customers; null when there were none.</param>
internal sealed record LiarsReport(int Seed, bool IsIdle, IReadOnlyList<Find> Finds, IReadOnlyList<string> FalselyAccused, LabOutcome? Outcome)
{
    /// <summary>Within this a liar has to be found, at the 99th percentile: a probe tells without traffic, each payment with it.</summary>
    public double MostSeconds => IsIdle ? 30 : 1;

    public double P50Seconds => Quantile(0.5);

    public double P99Seconds => Quantile(0.99);

    public bool AreAllInTime => Finds.Count > 0 && P99Seconds <= MostSeconds;

    public bool Holds => AreAllInTime && FalselyAccused.Count == 0 && (Outcome is null || Verdict.Holds(Outcome));

    // The nearest rank: of few, the p99 is the slowest.
    private double Quantile(double share) => Finds.Count == 0 ? double.NaN
        : Finds.Select(find => find.Seconds).Order().ElementAt((int)Math.Ceiling(share * Finds.Count) - 1);
}
