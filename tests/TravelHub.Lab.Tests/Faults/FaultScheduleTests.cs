using TravelHub.Lab.Faults;

namespace TravelHub.Lab.Tests.Faults;

public sealed class FaultScheduleTests
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    [Fact]
    public void Draw_SameSeed_GivesTheSameSchedule() => Assert.Equal(Draw(5), Draw(5));

    [Fact]
    public void Draw_OtherSeed_GivesAnother() => Assert.NotEqual(Draw(5), Draw(6));

    [Fact]
    public void Draw_TwoMinutes_HasEveryKindAndLeavesTheEndAlone()
    {
        var faults = FaultSchedule.Draw(FaultSchedule.Soak, 1, TimeSpan.FromSeconds(130), Every, silos: 3);

        Assert.Equal([20d, 40, 60, 80, 100, 120], faults.Select(fault => fault.At.TotalSeconds));
        Assert.Equal(FaultSchedule.Soak.Distinct().Order(), faults.Select(fault => fault.Kind).Distinct().Order());
    }

    [Fact]
    public void Draw_InPairs_JoinsEachByAnotherWithinEightSeconds()
    {
        var faults = FaultSchedule.Draw(FaultSchedule.Soak, 1, TimeSpan.FromMinutes(15), Every, silos: 3, inPairs: true);

        Assert.Equal(2 * Draw(1).Count, faults.Count);
        Assert.All(faults.Chunk(2), pair => Assert.InRange((pair[1].At - pair[0].At).TotalSeconds, 0.1, 8));
        Assert.All(faults.Chunk(2), pair => Assert.Equal(0, pair[0].At.TotalSeconds % Every.TotalSeconds));
    }

    [Fact]
    public void Draw_TooShortForOne_IsEmpty() => Assert.Empty(FaultSchedule.Draw(FaultSchedule.Soak, 1, TimeSpan.FromSeconds(25), Every, silos: 3));

    [Fact]
    public void Draw_AnySeed_NamesASiloThatThereIsAndPausesFrom5To25Seconds()
    {
        foreach (var fault in Enumerable.Range(0, 50).SelectMany(Draw))
        {
            Assert.InRange(fault.Silo, fault.Kind == FaultKind.KillPostgres ? 0 : 1, fault.Kind == FaultKind.KillPostgres ? 0 : 3);
            if (fault.Kind == FaultKind.PauseSilo)
                Assert.InRange(fault.Length.TotalSeconds, 5, 25);
        }
    }

    [Fact]
    public void Draw_AnySeed_NeverPausesASiloThatStandsStill()
    {
        foreach (var seed in Enumerable.Range(0, 200))
        {
            var awakeAt = new TimeSpan[4];
            foreach (var pause in Draw(seed).Where(fault => fault.Kind == FaultKind.PauseSilo))
            {
                Assert.True(pause.At >= awakeAt[pause.Silo], $"seed {seed}: {pause} at {pause.At}");
                awakeAt[pause.Silo] = pause.At + pause.Length;
            }
        }
    }

    private static IReadOnlyList<Fault> Draw(int seed) => FaultSchedule.Draw(FaultSchedule.Soak, seed, TimeSpan.FromMinutes(15), Every, silos: 3);
}
