using TravelHub.Client.Processes;

namespace TravelHub.Client.Tests.Processes;

public sealed class RestartBackOffTests
{
    [Fact]
    public void Next_EndsAtOnceAgainAndAgain_DoublesUpToFiveSeconds()
    {
        var backOff = new RestartBackOff();

        var waits = Enumerable.Range(0, 7).Select(_ => backOff.Next(lived: TimeSpan.FromSeconds(1)).TotalSeconds);

        Assert.Equal([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5], waits);
    }

    [Fact]
    public void Next_LivedHalfAMinute_BeginsAnew()
    {
        var backOff = new RestartBackOff();
        backOff.Next(TimeSpan.Zero);
        backOff.Next(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(0.2), backOff.Next(lived: TimeSpan.FromSeconds(30)));
        Assert.Equal(TimeSpan.FromSeconds(0.4), backOff.Next(TimeSpan.Zero));
    }
}
