namespace TravelHub.Lab.Dependencies;

/// <summary>What clients were told while one dependency was ill.</summary>
/// <param name="Searches">That had been answered before, so that there is something to say.</param>
/// <param name="Useful">Of these, answered with data.</param>
/// <param name="Degraded">Of all searches with data, those that said to be answers of before.</param>
/// <param name="OldestSeconds">The oldest answer that a search was given.</param>
/// <param name="Accepted">Bookings answered 201 or 202.</param>
/// <param name="Kept">Of these, 202: kept until it can be done.</param>
/// <param name="ServerErrors">Answers 5xx.</param>
/// <param name="TooMany">Answers 429.</param>
/// <param name="Empty">Answers 200 without an offer to a search that was answered with some before.</param>
/// <param name="Unanswered">Requests without an answer.</param>
/// <param name="DegradedP99Milliseconds">Of searches answered with data of before in the second half, when a breaker that opens is open; null where there were none.</param>
/// <param name="Lost">Accepted bookings of which nobody can say in the end what became of them.</param>
/// <param name="Unended">Accepted bookings without an end.</param>
/// <param name="Refused">Kept bookings that could not be carried out any more, as their owner is told.</param>
internal sealed record Cell(
    string Dependency, Ailment Ailment, int Searches, int Useful, int Degraded, double OldestSeconds, int Bookings, int Accepted, int Kept, int ServerErrors, int TooMany,
    int Empty, int Unanswered, double P50Milliseconds, double P99Milliseconds, double? DegradedP99Milliseconds, int Lost, int Unended, int Refused)
{
    private const double LeastShare = 0.99;

    public double UsefulShare => Searches == 0 ? double.NaN : (double)Useful / Searches;

    public double AcceptedShare => Bookings == 0 ? double.NaN : (double)Accepted / Bookings;

    public bool Holds => ServerErrors + TooMany + Empty + Unanswered + Lost + Unended == 0 && UsefulShare >= LeastShare && AcceptedShare >= LeastShare;
}

/// <param name="Skipped">What this machine could not make ill, and why.</param>
internal sealed record DependenciesReport(int Seed, IReadOnlyList<Cell> Cells, IReadOnlyList<string> Skipped)
{
    public bool Holds => Cells.Count > 0 && Cells.All(cell => cell.Holds);
}
