namespace TravelHub.Lab.VoteCost;

/// <summary>How one arm did.</summary>
/// <param name="PerSecond">Bookings confirmed a second in a closed loop, the median of its turns.</param>
/// <param name="Bookings">How many the latencies are of.</param>
internal sealed record ArmFigures(double P50Milliseconds, double P99Milliseconds, double PerSecond, int Bookings);

/// <summary>What the vote costs: five replicas against one.</summary>
/// <param name="RatePerSecond">At which the latencies were taken.</param>
/// <param name="Ratios">Of the throughput of five to that of one, pair by pair.</param>
internal sealed record VoteCostReport(
    int Seed, int Pairs, double SecondsATurn, double RatePerSecond, int Clients, ArmFigures Five, ArmFigures One, IReadOnlyList<double> Ratios, long NotConfirmed)
{
    public const double MostAddedP50Milliseconds = 2;
    public const double MostAddedP99Milliseconds = 20;
    public const double LeastShareOfThroughput = 0.75;

    public double AddedP50Milliseconds => Five.P50Milliseconds - One.P50Milliseconds;

    public double AddedP99Milliseconds => Five.P99Milliseconds - One.P99Milliseconds;

    public double ShareOfThroughput => Five.PerSecond / One.PerSecond;

    public bool Holds => NotConfirmed == 0 && AddedP50Milliseconds < MostAddedP50Milliseconds && AddedP99Milliseconds < MostAddedP99Milliseconds
        && ShareOfThroughput > LeastShareOfThroughput;
}
