namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>
/// The geometric mean of a few ratios, with the interval in which it lies with 95 %: Student's t over their logarithms. Resampling so few of them gives
/// intervals that are too narrow (of ten, by a sixth).
/// </summary>
internal static class PairedRatio
{
    // Two-sided 95 %, by degrees of freedom from 1.
    private static readonly double[] Student =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069,
        2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];

    /// <param name="ratios">Two or more.</param>
    public static (double From, double Mean, double To) Of(IReadOnlyList<double> ratios)
    {
        double[] logs = [.. ratios.Select(ratio => Math.Log(ratio))];
        var mean = logs.Average();
        var deviation = Math.Sqrt(logs.Sum(log => (log - mean) * (log - mean)) / (logs.Length - 1));
        var half = Quantile(logs.Length - 1) * deviation / Math.Sqrt(logs.Length);
        return (Math.Exp(mean - half), Math.Exp(mean), Math.Exp(mean + half));
    }

    // Beyond the table a little too wide.
    private static double Quantile(int freedom) => freedom <= Student.Length ? Student[freedom - 1] : 1.96 + (2.5 / freedom);
}
