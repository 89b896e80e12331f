using System.Globalization;

namespace TravelHub.Lab.Experiments;

/// <summary>What the trials of an arm say of a metric. What never came to its end within patience took for ever: infinity, and the worst of all values.</summary>
/// <param name="Trials">How many of them have a value.</param>
/// <param name="Low">Lower end of the interval in which the median lies with 95 % (bootstrap); of fewer than five trials, the least of them.</param>
/// <param name="High">Its upper end.</param>
internal sealed record Estimate(int Trials, double Median, double Low, double High, double Min, double Max)
{
    /// <summary>Of fewer trials no interval is told, but their range.</summary>
    public const int FewestForAnInterval = 5;
    private const int Resamples = 2_000;
    private const int Seed = 20_231;

    /// <returns>Null when no trial has a value.</returns>
    public static Estimate? Of(IEnumerable<double> values)
    {
        var sorted = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        if (sorted.Length == 0)
            return null;
        var (low, high) = sorted.Length < FewestForAnInterval ? (sorted[0], sorted[^1]) : Interval(sorted);
        return new Estimate(sorted.Length, MedianOf(sorted), low, high, sorted[0], sorted[^1]);
    }

    /// <summary>A value for people.</summary>
    public static string Words(double value) => double.IsPositiveInfinity(value) ? "never" : value.ToString("0.###", CultureInfo.InvariantCulture);

    /// <summary>Its median and interval for people.</summary>
    public override string ToString() => Trials == 1 ? Words(Median) : $"{Words(Median)} ({Words(Low)} to {Words(High)})";

    private static (double Low, double High) Interval(double[] values)
    {
        var random = new Random(Seed);
        var medians = new double[Resamples];
        var sample = new double[values.Length];
        for (var i = 0; i < Resamples; i++)
        {
            for (var j = 0; j < sample.Length; j++)
                sample[j] = values[random.Next(values.Length)];
            Array.Sort(sample);
            medians[i] = MedianOf(sample);
        }

        Array.Sort(medians);
        return (medians[(int)(Resamples * 0.025)], medians[(int)(Resamples * 0.975)]);
    }

    private static double MedianOf(double[] sorted) =>
        sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
}
