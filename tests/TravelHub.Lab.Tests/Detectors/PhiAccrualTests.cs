using TravelHub.Lab.Detectors;

namespace TravelHub.Lab.Tests.Detectors;

public sealed class PhiAccrualTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Phi_RegularBeats_RisesWithSilenceAndSuspectsAfterIt()
    {
        var detector = Beaten(gaps: 50, every: TimeSpan.FromSeconds(10));
        var last = Start + TimeSpan.FromSeconds(500);

        // Half of the gaps are longer than the mean: minus the decimal logarithm of a half.
        Assert.Equal(0.301, detector.Phi(last + TimeSpan.FromSeconds(10)), precision: 3);
        Assert.False(detector.IsSuspect(last + TimeSpan.FromSeconds(12)));
        Assert.True(detector.IsSuspect(last + TimeSpan.FromSeconds(13)));
        Assert.Equal(double.MaxValue, detector.Phi(last + TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Phi_TooFewBeats_SuspectsNobody() => Assert.Equal(0, Beaten(gaps: 4, every: TimeSpan.FromSeconds(10)).Phi(Start + TimeSpan.FromDays(1)));

    [Fact]
    public void Restart_SilenceOfTheDead_IsNoGap()
    {
        var detector = Beaten(gaps: 50, every: TimeSpan.FromSeconds(10));
        detector.Restart();
        var back = Start + TimeSpan.FromHours(1);
        detector.Beat(back);
        detector.Beat(back + TimeSpan.FromSeconds(10));

        Assert.True(detector.IsSuspect(back + TimeSpan.FromSeconds(25)));
    }

    private static PhiAccrual Beaten(int gaps, TimeSpan every)
    {
        var detector = new PhiAccrual(leastDeviation: TimeSpan.FromSeconds(0.5));
        for (var beat = 0; beat <= gaps; beat++)
            detector.Beat(Start + (beat * every));
        return detector;
    }
}
