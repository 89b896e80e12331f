using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Polly.Timeout;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Tests.Cluster;

public sealed class ClusterCallsTests
{
    private static readonly ReservationOutcome.Refused Refused = new(new Refusal("payment-under-way", "Another payment is under way."));

    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Fact]
    public async Task Call_DiedWithItsSilo_IsAskedAgainAndItsAnswerTaken()
    {
        var call = Call(n => n == 1 ? Silence() : Task.FromResult("answer"));
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal("answer", await call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task Call_AnsweredLateButFirst_TakesTheFirstAnswer()
    {
        var first = new TaskCompletionSource<string>();
        var call = Call(n => n == 1 ? first.Task : Silence());
        _time.Advance(TimeSpan.FromSeconds(4));

        first.SetResult("late");

        Assert.Equal("late", await call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Call_ReplacedActivation_IsRepeatedUntilItAnswers()
    {
        var calls = Calls(TimeProvider.System);

        var answer = await calls.Call(
            _ => ++_asked <= 3 ? Task.FromException<string>(new AppendRefusedException()) : Task.FromResult("answer"), TestContext.Current.CancellationToken);

        Assert.Equal(("answer", 4), (answer, _asked));
    }

    [Fact]
    public async Task Call_ClusterGone_IsRepeatedForTwentySecondsAndThenEnds()
    {
        var start = _time.GetUtcNow();

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => Patiently(Call(_ => Task.FromException<string>(new SiloUnavailableException()))));

        Assert.True(_time.GetUtcNow() - start >= TimeSpan.FromSeconds(20));
        Assert.True(_asked > 1);
    }

    [Fact]
    public async Task Call_ErrorThatNoRepeatMends_IsNotRepeated()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Patiently(Call(_ => Task.FromException<string>(new InvalidOperationException()))));

        Assert.Equal(1, _asked);
    }

    /// <summary>The other attempt may be carried out yet: a caller who is told no, and then charged, was told wrong.</summary>
    [Fact]
    public async Task Write_RefusedWhileAnotherAttemptIsUnderWay_IsUnknown()
    {
        var call = Write(n => n == 1 ? new TaskCompletionSource<ReservationOutcome>().Task : Task.FromResult<ReservationOutcome>(Refused));

        _time.Advance(TimeSpan.FromSeconds(4));

        await Assert.ThrowsAsync<LogUnavailableException>(() => call.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Write_RefusedOnceTheOtherAttemptsHaveEnded_IsRefused()
    {
        var call = Write(n => n == 1 ? Task.FromException<ReservationOutcome>(new AppendRefusedException()) : Task.FromResult<ReservationOutcome>(Refused));
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        Assert.Equal((Refused, 2), (await call, _asked));
    }

    private Task<ReservationOutcome> Write(Func<int, Task<ReservationOutcome>> answer) =>
        Calls(_time).Write(Dependency.Reservations, _ => answer(++_asked), TestContext.Current.CancellationToken).AsTask();

    private Task<string> Call(Func<int, Task<string>> answer) =>
        Calls(_time).Call(_ => answer(++_asked), TestContext.Current.CancellationToken).AsTask();

    private static ClusterCalls Calls(TimeProvider time)
    {
        var gate = new ClusterGate();
        gate.Open();
        return new ClusterCalls(
            cluster: null!, gate, new DependencyPipelines(Options.Create(new BreakerOptions()), Options.Create(new CallOptions()), time));
    }

    private static Task<string> Silence() => new TaskCompletionSource<string>().Task;

    // Moves the clock on for as long as the call waits for it.
    private async Task<string> Patiently(Task<string> call)
    {
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        return await call;
    }
}
