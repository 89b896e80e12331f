using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Tests.Experiments;

public sealed class EstimateTests
{
    [Fact]
    public void Of_NoValue_IsNone() => Assert.Null(Estimate.Of([double.NaN]));

    [Fact]
    public void Of_Few_GivesTheirRange() => Assert.Equal(new Estimate(3, 2, 1, 9, 1, 9), Estimate.Of([9, 1, 2]));

    [Fact]
    public void Of_Many_GivesAnIntervalAroundTheMedian()
    {
        var estimate = Estimate.Of(Enumerable.Range(1, 101).Select(n => (double)n))!;

        Assert.Equal((51, 1, 101), (estimate.Median, estimate.Min, estimate.Max));
        // That of the median of 101 values lies about ten ranks to either side.
        Assert.InRange(estimate.Low, 36, 46);
        Assert.InRange(estimate.High, 56, 66);
    }

    /// <summary>Nineteen of twenty intervals hold the true median: here of 400 samples from a skewed distribution.</summary>
    [Fact]
    public void Of_SamplesOfAKnownMedian_CoversItAboutNineteenTimesInTwenty()
    {
        var random = new Random(7);
        var median = Math.Log(2);
        var covered = Enumerable.Range(0, 400).Count(_ =>
        {
            var estimate = Estimate.Of(Enumerable.Range(0, 20).Select(_ => -Math.Log(1 - random.NextDouble())))!;
            return estimate.Low <= median && median <= estimate.High;
        });

        Assert.InRange(covered / 400.0, 0.90, 0.99);
    }
}
