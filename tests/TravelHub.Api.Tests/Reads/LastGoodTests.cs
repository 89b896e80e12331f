using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Reads;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using ZiggyCreatures.Caching.Fusion;

namespace TravelHub.Api.Tests.Reads;

public sealed class LastGoodTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // The cache has a clock of its own: what it keeps for 1 ms is asked for anew nearly each time.
    private readonly ReadOptions _options = new() { CacheFor = TimeSpan.FromMilliseconds(1), Patience = TimeSpan.FromMilliseconds(50) };
    private readonly ReadOptions _longKept = new() { CacheFor = TimeSpan.FromMinutes(1), FreshFor = TimeSpan.FromMinutes(1) };
    private readonly FakeTimeProvider _time = new();
    private readonly DependencyPipelines _dependencies;
    private readonly List<IFusionCache> _caches = [];
    private readonly LastGood _lastGood;
    private int _asked;

    public LastGoodTests()
    {
        _dependencies = new DependencyPipelines(Options.Create(new BreakerOptions()), Options.Create(new CallOptions()), _time);
        _lastGood = NewLastGood(_options);
    }

    [Fact]
    public async Task Shared_FirstQuestion_IsLive()
    {
        var reading = await Shared(() => Task.FromResult("rooms"));

        Assert.Equal(new Reading<string>("rooms", _time.GetUtcNow(), ReadSource.Live, Degraded: false), reading);
    }

    [Fact]
    public async Task Shared_FirstFailure_IsTheLastGoodAnswerWithItsAge()
    {
        var asOf = _time.GetUtcNow();
        await Shared(() => Task.FromResult("rooms"));
        _time.Advance(TimeSpan.FromMinutes(5));

        var reading = await Shared(() => Task.FromException<string>(new TimeoutException()));

        Assert.Equal(new Reading<string>("rooms", asOf, ReadSource.Stale, Degraded: true), reading);
    }

    [Fact]
    public async Task Shared_NothingEverAnswered_IsNothing() =>
        Assert.Null(await Shared(() => Task.FromException<string>(new TimeoutException())));

    [Fact]
    public async Task Shared_ErrorOfOurOwn_IsNotHidden() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Shared(() => Task.FromException<string>(new InvalidOperationException())));

    [Fact]
    public async Task Shared_Silence_GivesTheOldAnswerAndLaterTheNew()
    {
        await Shared(() => Task.FromResult("old"));
        _time.Advance(TimeSpan.FromSeconds(5));
        var silent = new TaskCompletionSource<string>();
        Reading<string>? reading;
        do
            reading = await Shared(() => silent.Task);
        while (_asked < 2);
        Assert.Equal(("old", true), (reading!.Value, reading.Degraded));

        silent.SetResult("new");

        await Until(async () => (await Shared(() => Task.FromException<string>(new TimeoutException())))!.Value == "new");
    }

    [Fact]
    public async Task Shared_ManyAtOnce_AskOnce()
    {
        var lastGood = NewLastGood(_longKept);
        var answer = new TaskCompletionSource<string>();
        var all = Enumerable.Range(0, 50).Select(_ => lastGood.Shared("key", Dependency.Search, () => Count(() => answer.Task)).AsTask()).ToArray();
        answer.SetResult("rooms");

        Assert.All(await Task.WhenAll(all), r => Assert.Equal("rooms", r!.Value));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Shared_DependencyInTrouble_IsDegradedThoughFresh()
    {
        var lastGood = NewLastGood(_longKept);
        await lastGood.Shared("key", Dependency.Search, () => Task.FromResult("rooms"));
        var breaker = _dependencies.Breaker(Dependency.Search);
        breaker.Report(breaker.TryEnter(out _)!, CallVerdict.Failed);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        var reading = await lastGood.Shared("key", Dependency.Search, () => Task.FromResult("rooms"));

        Assert.Equal((ReadSource.Cache, true), (reading!.Source, reading.Degraded));
    }

    [Fact]
    public async Task Shared_OtherGatewaysAnswer_IsFoundInTheSharedCache()
    {
        var shared = new MemoryDistributedCache(Options.Create(new MemoryDistributedCacheOptions()));
        var one = NewLastGood(_options, shared);
        await one.Shared("key", Dependency.Search, () => Task.FromResult("rooms"));
        _time.Advance(TimeSpan.FromMinutes(5));

        var other = NewLastGood(_options, shared);
        Reading<string>? reading = null;
        await Until(async () =>
        {
            reading = await other.Shared("key", Dependency.Search, () => Task.FromException<string>(new TimeoutException()));
            return reading is not null;
        });

        Assert.Equal(("rooms", ReadSource.Stale, true), (reading!.Value, reading.Source, reading.Degraded));
    }

    /// <summary>What a stranger may ask for is bounded by what it takes, not by how often he asks.</summary>
    [Fact]
    public async Task Shared_LargeAnswers_TakeTheRoomOfMany()
    {
        var lastGood = NewLastGood(new ReadOptions { CacheFor = TimeSpan.FromMilliseconds(1), MostEntries = 100 });
        await lastGood.Shared("one", Dependency.Search, () => Task.FromResult("rooms"), size: _ => 60);
        await lastGood.Shared("other", Dependency.Search, () => Task.FromResult("rooms"), size: _ => 60);
        await lastGood.Shared("small", Dependency.Search, () => Task.FromResult("rooms"));

        Assert.Null(await lastGood.Shared("other", Dependency.Search, () => Task.FromException<string>(new TimeoutException())));
        Assert.NotNull(await lastGood.Shared("small", Dependency.Search, () => Task.FromException<string>(new TimeoutException())));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(20 * (15 + 3), 1)]
    [InlineData(366, 1)]
    [InlineData(100 * 366, 92)]
    public void EntriesOf_NightlyRates_GrowWithThem(int nightlyRates, int expected) => Assert.Equal(expected, LastGood.EntriesOf(nightlyRates));

    [Fact]
    public async Task Own_EachTime_IsAskedAnewAndRememberedForWhenThatFails()
    {
        Assert.Equal("one", (await _lastGood.Own("key", Dependency.Reservations, () => Task.FromResult("one")))!.Value);
        Assert.Equal("two", (await _lastGood.Own("key", Dependency.Reservations, () => Task.FromResult("two")))!.Value);

        var reading = await _lastGood.Own("key", Dependency.Reservations, () => Task.FromException<string>(new TimeoutException()));

        Assert.Equal(("two", ReadSource.Stale, true), (reading!.Value, reading.Source, reading.Degraded));
    }

    [Fact]
    public async Task Own_LogOverloaded_IsTheLastGoodAnswer()
    {
        await _lastGood.Own("key", Dependency.Reservations, () => Task.FromResult("one"));

        var reading = await _lastGood.Own("key", Dependency.Reservations, () => Task.FromException<string>(new LogOverloadedException()));

        Assert.Equal(("one", ReadSource.Stale), (reading!.Value, reading.Source));
        Assert.Null(await _lastGood.Own("another", Dependency.Reservations, () => Task.FromException<string>(new LogOverloadedException())));
    }

    public void Dispose()
    {
        foreach (var cache in _caches)
            cache.Dispose();
    }

    private LastGood NewLastGood(ReadOptions options, IDistributedCache? shared = null)
    {
        var cache = GatewayReads.Create(options, shared, logger: null);
        _caches.Add(cache);
        return new LastGood(cache, _dependencies, Options.Create(options), _time);
    }

    private Task<Reading<string>?> Shared(Func<Task<string>> answer) => _lastGood.Shared("key", Dependency.Search, () => Count(answer)).AsTask();

    private Task<string> Count(Func<Task<string>> answer)
    {
        Interlocked.Increment(ref _asked);
        return answer();
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
    }
}
