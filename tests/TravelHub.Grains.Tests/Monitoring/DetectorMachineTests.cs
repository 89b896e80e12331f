using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

public sealed class DetectorMachineTests
{
    private static readonly MonitoringOptions Options = new();
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(45, ComponentState.Alive)]
    [InlineData(45.001, ComponentState.Dead)]
    public void Judge_AtTheEdgeOfStale_AccusesOnlyBeyond(double age, ComponentState expected) =>
        Assert.Equal(expected, Judge(ComponentState.Alive, TimeSpan.FromSeconds(age), Long));

    [Theory]
    [InlineData(0)]
    [InlineData(44.9)]
    public void Judge_StoreNotThereForAFullStalePeriod_AccusesNobody(double storeSeconds) =>
        Assert.Equal(ComponentState.Alive, Judge(ComponentState.Alive, Long, TimeSpan.FromSeconds(storeSeconds)));

    [Fact]
    public void Judge_StoreBackForAFullStalePeriod_Accuses() => Assert.Equal(ComponentState.Dead, Judge(ComponentState.Alive, Long, Options.StaleAfter));

    [Fact]
    public void Judge_NeverSeen_IsNotMissed() => Assert.Equal(ComponentState.Unknown, Judge(ComponentState.Unknown, age: null, Long));

    [Fact]
    public void Judge_BeatAfterDeath_IsAliveAgain() => Assert.Equal(ComponentState.Alive, Judge(ComponentState.Dead, TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    [Theory]
    [InlineData(ComponentState.Alive)]
    [InlineData(ComponentState.Dead)]
    public void Judge_TakenAwayByAnOperator_IsAwayAndNotDead(ComponentState before) =>
        Assert.Equal(ComponentState.Away, DetectorMachine.Judge(before, new Reading(Long, Long, IsWanted: false), Options));

    [Fact]
    public void Judge_WantedAgainAndNotThere_IsDead() => Assert.Equal(ComponentState.Dead, Judge(ComponentState.Away, Long, Long));

    [Theory]
    [InlineData(44.9, ComponentState.Away)]
    [InlineData(45, ComponentState.Dead)]
    public void Judge_WantedAgainAndNotThereYet_IsMissedAfterAStalePeriod(double wantedSeconds, ComponentState expected)
    {
        var reading = new Reading(Long, Long, WantedFor: TimeSpan.FromSeconds(wantedSeconds));

        Assert.Equal(expected, DetectorMachine.Judge(ComponentState.Away, reading, Options));
        Assert.Equal(expected, DetectorMachine.JudgeEcho(ComponentState.Away, hasAnswered: false, reading, Options));
    }

    [Theory]
    [InlineData(true, 3_600, ComponentState.Alive)]
    [InlineData(false, 3_600, ComponentState.Dead)]
    [InlineData(false, 44, ComponentState.Alive)]
    [InlineData(false, 0, ComponentState.Alive)]
    public void JudgeEcho_ByAnswerAndStore_AccusesOnlyWithTheStoreThere(bool hasAnswered, double storeSeconds, ComponentState expected) => Assert.Equal(
        expected, DetectorMachine.JudgeEcho(ComponentState.Alive, hasAnswered, new Reading(Long, TimeSpan.FromSeconds(storeSeconds)), Options));

    [Theory]
    [InlineData(10, null, 35)]
    [InlineData(44, null, 1)]
    [InlineData(10, 20d, 35)]
    [InlineData(20, 10d, 35)]
    [InlineData(3_600, 44d, 1)]
    public void LookAgainIn_SparedForTheTimeBeing_IsWhenItMayBeAccused(double storeSeconds, double? wantedSeconds, double expected)
    {
        var reading = new Reading(Long, TimeSpan.FromSeconds(storeSeconds), WantedFor: wantedSeconds is { } wanted ? TimeSpan.FromSeconds(wanted) : null);

        var wait = DetectorMachine.LookAgainIn(ComponentState.Alive, reading, Options);

        Assert.Equal(TimeSpan.FromSeconds(expected), wait);
        Assert.Equal(ComponentState.Alive, DetectorMachine.Judge(ComponentState.Alive, reading, Options));
        var then = new Reading(Long + wait, reading.StoreFor + wait!.Value, WantedFor: reading.WantedFor + wait);
        Assert.Equal(ComponentState.Dead, DetectorMachine.Judge(ComponentState.Alive, then, Options));
    }

    [Theory]
    [InlineData(45d, 10, true, ComponentState.Alive)]   // not stale
    [InlineData(null, 10, true, ComponentState.Unknown)]
    [InlineData(3_600d, 0, true, ComponentState.Alive)]   // the store is away
    [InlineData(3_600d, 10, false, ComponentState.Away)]
    [InlineData(3_600d, 10, true, ComponentState.Dead)]
    [InlineData(3_600d, 45, true, ComponentState.Alive)]   // accused now
    public void LookAgainIn_NothingToWaitFor_IsTheNextCheck(double? ageSeconds, double storeSeconds, bool isWanted, ComponentState before)
    {
        TimeSpan? age = ageSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

        Assert.Null(DetectorMachine.LookAgainIn(before, new Reading(age, TimeSpan.FromSeconds(storeSeconds), isWanted), Options));
    }

    private static ComponentState Judge(ComponentState before, TimeSpan? age, TimeSpan storeFor) =>
        DetectorMachine.Judge(before, new Reading(age, storeFor), Options);
}
