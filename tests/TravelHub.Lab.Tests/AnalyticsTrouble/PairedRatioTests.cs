using TravelHub.Lab.AnalyticsTrouble;

namespace TravelHub.Lab.Tests.AnalyticsTrouble;

public sealed class PairedRatioTests
{
    // Half of the interval in logarithms: t of two degrees of freedom, 4.303, by the standard error, ln 2 / √3.
    [Fact]
    public void Of_ThreeRatios_IsStudentsInterval()
    {
        var (from, mean, to) = PairedRatio.Of([1, 4, 2]);

        Assert.Equal(2, mean, precision: 9);
        Assert.Equal(2 / 5.596, from, precision: 3);
        Assert.Equal(2 * 5.596, to, precision: 2);
    }

    [Fact]
    public void Of_ManyMore_IsAsGoodAsNormal()
    {
        var (from, mean, to) = PairedRatio.Of([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.5 : 2.0)]);

        Assert.Equal(1, mean, precision: 9);
        Assert.Equal(0.1382, Math.Log(to), precision: 3);   // 1.985 of ln 2 / √99
        Assert.Equal(-0.1382, Math.Log(from), precision: 3);
    }
}
