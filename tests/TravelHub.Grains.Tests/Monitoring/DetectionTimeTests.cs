using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

/// <summary>How long deaths stay unnoticed with the default periods, at random phases of beats, checks, pings and deaths.</summary>
public sealed class DetectionTimeTests(ITestOutputHelper output)
{
    private const int Phases = 2_000;
    private const double Hour = 3_600;

    private static readonly MonitoringOptions Options = new();

    [Theory]
    [InlineData(1, MonitorFate.Stays)]
    [InlineData(2, MonitorFate.MovesToAnOldSilo)]
    [InlineData(7, MonitorFate.MovesToANewSilo)]
    public void Heartbeat_AnyPhase_NoticesADeathWithinTwoMinutes(int seed, MonitorFate fate)
    {
        var times = Times(seed, fate, watch => watch.HeartbeatAccusedAt);

        output.WriteLine($"seed {seed}: mean {times.Average():0.0} s, longest {times.Max():0.0} s");
        Assert.All(times, time => Assert.InRange(time, 0, 120));
        Assert.True(times.Max() > 90, "no phase comes near the bound: they are not random");
    }

    [Fact]
    public void Ping_AnyPhase_MissesTwoMinutesMoreOftenThanNot()
    {
        var times = Times(seed: 3, MonitorFate.Stays, watch => watch.PingAccusedAt);

        var missed = times.Count(time => time > 120);
        output.WriteLine($"mean {times.Average():0.0} s, longest {times.Max():0.0} s; {missed} of {Phases} beyond 120 s");
        Assert.True(missed > Phases / 2, $"{missed} of {Phases}");
        Assert.InRange(times.Max(), 240, (Options.PingPeriod + Options.EchoMissedAfter).TotalSeconds);
    }

    [Fact]
    public void BothDetectors_WhileItLives_NeverAccuse()
    {
        var random = new Random(4);
        for (var phase = 0; phase < 500; phase++)
        {
            var watch = new VirtualWatch(Options, random, double.PositiveInfinity, MonitorFate.Stays, end: 2 * Hour);
            Assert.Null(watch.HeartbeatAccusedAt);
            Assert.Null(watch.PingAccusedAt);
        }
    }

    /// <summary>The store goes away as often and as long as it likes, for less than a blink or for minutes: who lives is not accused.</summary>
    [Fact]
    public void BothDetectors_StoreComesAndGoes_AccuseNobodyThatLives()
    {
        var random = new Random(5);
        for (var phase = 0; phase < 2_000; phase++)
        {
            var watch = new VirtualWatch(Options, random, double.PositiveInfinity, MonitorFate.Stays, end: Hour, Absences(random));
            Assert.Null(watch.HeartbeatAccusedAt);
            Assert.Null(watch.PingAccusedAt);
        }
    }

    /// <summary>Who dies while the store is away is found once it has been back for a stale period, at the next check.</summary>
    [Fact]
    public void Heartbeat_DeathWhileTheStoreIsAway_IsNoticedAfterItsReturn()
    {
        var random = new Random(6);
        for (var phase = 0; phase < 500; phase++)
        {
            var (from, to) = (600, 600 + 10 + (random.NextDouble() * 300));
            var death = from + (random.NextDouble() * (to - from));
            var watch = new VirtualWatch(Options, random, death, MonitorFate.Stays, end: Hour, (from, to));
            Assert.InRange(watch.HeartbeatAccusedAt ?? double.MaxValue, to, to + (Options.StaleAfter + Options.CheckPeriod).TotalSeconds);
        }
    }

    private static double[] Times(int seed, MonitorFate fate, Func<VirtualWatch, double?> accusedAt)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, Phases).Select(_ =>
            {
                var death = 600 + (random.NextDouble() * Hour);
                var watch = new VirtualWatch(Options, random, death, fate, end: death + 1_000);
                return accusedAt(watch) - death ?? double.MaxValue;
            }),
        ];
    }

    private static (double From, double To)[] Absences(Random random)
    {
        var absences = new List<(double, double)>();
        for (var at = random.NextDouble() * 300; at < Hour;)
        {
            var length = random.NextDouble() * (random.NextDouble() < 0.5 ? Options.Blink.TotalSeconds : 300);
            absences.Add((at, at + length));
            at += length + Options.BeatPeriod.TotalSeconds + (random.NextDouble() * 270);   // each blink apart from the next
        }

        return [.. absences];
    }
}
