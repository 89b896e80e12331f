using Microsoft.Extensions.Logging.Abstractions;
using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

public sealed class StoreWatchTests : IDisposable
{
    private readonly Clocks _time = new();
    private readonly StoreWatch _watch;
    private TimeSpan _storeAhead;

    // Nobody looks here: the tests say what was seen.
    public StoreWatchTests() =>
        _watch = new StoreWatch(store: null!, Microsoft.Extensions.Options.Options.Create(new MonitoringOptions()), _time, NullLogger<StoreWatch>.Instance);

    public void Dispose() => _watch.Dispose();

    [Fact]
    public void ReachableFor_LooksWithoutAGap_AddUp()
    {
        Look(seconds: 60);

        Assert.Equal(TimeSpan.FromSeconds(60), _watch.ReachableFor);
    }

    /// <summary>The silo alone, whose clock went on, or the machine, whose silos' clocks stood still with it; or the time of day was set back.</summary>
    [Theory]
    [InlineData(600, 0)]
    [InlineData(0, 600)]
    [InlineData(0, -600)]
    public void ReachableFor_AfterAStandstill_BeginsAnew(double runSeconds, double sleptSeconds)
    {
        Look(seconds: 60);
        _time.Run(TimeSpan.FromSeconds(runSeconds));
        _time.Sleep(TimeSpan.FromSeconds(sleptSeconds));
        Assert.Equal(TimeSpan.Zero, _watch.ReachableFor);   // before anybody has looked again

        See();
        Assert.Equal(TimeSpan.Zero, _watch.ReachableFor);

        Look(seconds: 2);
        Assert.Equal(TimeSpan.FromSeconds(2), _watch.ReachableFor);
    }

    /// <summary>The store's clock alone: heartbeats age by that, whatever the time is here.</summary>
    [Theory]
    [InlineData(600, 0)]
    [InlineData(-600, 0)]
    [InlineData(-4, 60)]   // no more than an absence that nobody notices
    public void ReachableFor_StoreClockIsSet_BeginsAnew(double setSeconds, double expected)
    {
        Look(seconds: 60);

        _storeAhead = TimeSpan.FromSeconds(setSeconds);
        See();
        Assert.Equal(TimeSpan.FromSeconds(expected), _watch.ReachableFor);

        Look(seconds: 2);
        Assert.Equal(TimeSpan.FromSeconds(expected + 2), _watch.ReachableFor);
    }

    [Fact]
    public void ReachableFor_StoreWasLost_BeginsAnewWhenItIsSeen()
    {
        Look(seconds: 60);
        _watch.Lost();
        Assert.Equal(TimeSpan.Zero, _watch.ReachableFor);

        Look(seconds: 2);
        Assert.Equal(TimeSpan.FromSeconds(2), _watch.ReachableFor);
    }

    private void Look(int seconds)
    {
        See();
        for (var i = 0; i < seconds; i++)
        {
            _time.Run(TimeSpan.FromSeconds(1));
            See();
        }
    }

    private void See() => _watch.Seen(_time.GetUtcNow() + _storeAhead);

    /// <summary>The time of day goes on while the machine sleeps, the other clock does not.</summary>
    private sealed class Clocks : TimeProvider
    {
        private TimeSpan _ran;
        private TimeSpan _slept;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ran.Ticks;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + _ran + _slept;

        public void Run(TimeSpan time) => _ran += time;

        public void Sleep(TimeSpan time) => _slept += time;
    }
}
