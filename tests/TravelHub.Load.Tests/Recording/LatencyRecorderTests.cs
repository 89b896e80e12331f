using TravelHub.Load.Recording;

namespace TravelHub.Load.Tests.Recording;

public sealed class LatencyRecorderTests
{
    /// <summary>Of 160 latencies, 1 ms to 160 ms, 99 % are not above the 159th: 158 of them are less.</summary>
    [Fact]
    public void Summary_RankBetweenTwo_IsTheHigher()
    {
        var recorder = new LatencyRecorder(significantDigits: 3);
        for (var milliseconds = 1; milliseconds <= 160; milliseconds++)
            recorder.Record(TimeSpan.FromMilliseconds(milliseconds));

        var summary = recorder.Summary()!;

        Assert.Equal(80, summary.P50Ms, tolerance: 0.2);
        Assert.Equal(159, summary.P99Ms, tolerance: 0.2);
        Assert.Equal(160, summary.P999Ms, tolerance: 0.2);
    }
}
