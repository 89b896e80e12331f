using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Tests.Resilience;

public sealed class DependencyPipelinesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DependencyPipelines _pipelines;
    private readonly ClusterCalls _calls;
    private int _asked;

    public DependencyPipelinesTests()
    {
        _pipelines = new DependencyPipelines(Options.Create(new BreakerOptions()), Options.Create(new CallOptions()), _time);
        var gate = new ClusterGate();
        gate.Open();
        _calls = new ClusterCalls(cluster: null!, gate, _pipelines);
    }

    [Fact]
    public async Task Read_DependencyDead_IsNotReachedAfterTheFifthFailureUntilTheProbe()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => Read(Dependency.Search, () => Task.FromException<int>(new TimeoutException())));
        await Assert.ThrowsAsync<BreakerOpenException>(() => Read(Dependency.Search, () => Task.FromResult(1)));
        Assert.Equal(5, _asked);
        Assert.Equal(2, await Read(Dependency.Properties, () => Task.FromResult(2)));   // another dependency's breaker

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(3, await Read(Dependency.Search, () => Task.FromResult(3)));
        Assert.Equal("closed", _pipelines.Breaker(Dependency.Search).Status().State);
    }

    [Fact]
    public async Task Read_ProbeThatFails_IsNotRepeated()
    {
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => Read(Dependency.Search, () => Task.FromException<int>(new TimeoutException())));
        _time.Advance(TimeSpan.FromSeconds(10));

        await Assert.ThrowsAsync<LogUnavailableException>(() => Read(Dependency.Search, () => Task.FromException<int>(new LogUnavailableException())));

        Assert.Equal((6, "open"), (_asked, _pipelines.Breaker(Dependency.Search).Status().State));
    }

    [Fact]
    public async Task Write_Refusal_IsNoFailure()
    {
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<LogOverloadedException>(() => Write(() => Task.FromException<int>(new LogOverloadedException())));

        Assert.Equal((10, "closed"), (_asked, _pipelines.Breaker(Dependency.Reservations).Status().State));
    }

    /// <summary>The first attempt may have been carried out, whatever the second one says of itself.</summary>
    [Fact]
    public async Task Write_RefusedAfterAnAttemptThatDidNotSay_IsUnknown()
    {
        var repeated = Patiently(Write(() => Task.FromException<int>(_asked == 1 ? new LogUnavailableException() : new LogOverloadedException())));
        await Assert.ThrowsAsync<LogUnavailableException>(() => repeated);
        Assert.Equal(2, _asked);

        var besideASilentOne = Write(() => _asked == 3 ? new TaskCompletionSource<int>().Task : Task.FromException<int>(new LogOverloadedException()));
        _time.Advance(TimeSpan.FromSeconds(4));
        await Assert.ThrowsAsync<LogUnavailableException>(() => besideASilentOne);
        Assert.Equal(4, _asked);
    }

    [Fact]
    public async Task Write_Silence_EndsWithinItsTimeAndIsAFailure()
    {
        var start = _time.GetUtcNow();

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Patiently(Write(() => new TaskCompletionSource<int>().Task)));

        Assert.InRange(_time.GetUtcNow() - start, TimeSpan.FromSeconds(14), TimeSpan.FromSeconds(15));
        Assert.Equal(3, _asked);   // the first, and twice beside it
        Assert.Equal(1, _pipelines.Breaker(Dependency.Reservations).Status().ConsecutiveFailures);
    }

    [Fact]
    public async Task Write_SiloOnItsWayOut_IsRepeatedUntilAnother()
    {
        var write = Patiently(Write(() => _asked < 4 ? Task.FromException<int>(new SiloUnavailableException()) : Task.FromResult(1)));

        Assert.Equal(1, await write);
        Assert.Equal(0, _pipelines.Breaker(Dependency.Reservations).Status().Failed);
    }

    [Fact]
    public async Task Write_BreakerOpenedMeanwhile_IsNotRepeated()
    {
        var answer = new TaskCompletionSource<int>();
        var underWay = Write(() => answer.Task);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => Write(() => Task.FromException<int>(new TimeoutException())));
        Assert.Equal(6, _asked);

        _time.Advance(TimeSpan.FromSeconds(4));   // would be asked again beside the first
        answer.SetException(new SiloUnavailableException());   // would be repeated

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Patiently(underWay));
        Assert.Equal(6, _asked);
    }

    /// <summary>It failed while calls passed, and its turn comes when they do not any more.</summary>
    [Fact]
    public async Task Write_BreakerOpensWhileARepeatWaitsItsTurn_IsNotRepeated()
    {
        var underWay = Write(() => Task.FromException<int>(new SiloUnavailableException()));
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<TimeoutException>(() => Write(() => Task.FromException<int>(new TimeoutException())));
        Assert.Equal(6, _asked);

        await Assert.ThrowsAsync<BreakerOpenException>(() => Patiently(underWay));
        Assert.Equal(6, _asked);
    }

    [Fact]
    public async Task Read_CallerGone_SaysNothingOfTheDependency()
    {
        using var gone = new CancellationTokenSource();
        var read = _calls.Read(Dependency.Search, _ => new TaskCompletionSource<int>().Task, gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Equal((0L, 0), (_pipelines.Breaker(Dependency.Search).Status().Failed, _pipelines.Breaker(Dependency.Search).Status().ConsecutiveFailures));
    }

    [Fact]
    public void Options_OutOfRange_AreAllNamedAtOnce()
    {
        var context = new System.ComponentModel.DataAnnotations.ValidationContext(new CallOptions());
        var wrong = new CallOptions { ReadRetryFor = TimeSpan.FromSeconds(11), WriteRetryFor = TimeSpan.FromSeconds(19) };

        Assert.Equal(2, wrong.Validate(context).Count());
        Assert.Empty(new CallOptions().Validate(context));
    }

    private Task<int> Read(Dependency dependency, Func<Task<int>> answer) => _calls.Read(dependency, _ => Count(answer), CancellationToken.None).AsTask();

    private Task<int> Write(Func<Task<int>> answer) => _calls.Write(Dependency.Reservations, _ => Count(answer)).AsTask();

    private Task<int> Count(Func<Task<int>> answer)
    {
        Interlocked.Increment(ref _asked);
        return answer();
    }

    // Moves the clock on for as long as the call waits for it.
    private async Task<int> Patiently(Task<int> call)
    {
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await call;
    }
}
