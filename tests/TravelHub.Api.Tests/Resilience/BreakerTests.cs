using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Resilience;

namespace TravelHub.Api.Tests.Resilience;

public sealed class BreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly BreakerOptions _options = new();
    private readonly Breaker _breaker;

    public BreakerTests() => _breaker = new Breaker(_options, _time);

    [Fact]
    public void TryEnter_FifthConsecutiveFailureCompleted_LetsNoneThrough()
    {
        var calls = Enumerable.Range(0, 20).Select(_ => _breaker.TryEnter(out TimeSpan _)!).ToArray();
        foreach (var call in calls[..4])
            _breaker.Report(call, CallVerdict.Failed);
        Assert.NotNull(_breaker.TryEnter(out _));

        _breaker.Report(calls[4], CallVerdict.Failed);

        Assert.Null(_breaker.TryEnter(out var retryAfter));
        Assert.Equal(_options.BreakDuration, retryAfter);
        Assert.Equal(("open", 5), (_breaker.Status().State, _breaker.Status().ConsecutiveFailures));
    }

    [Fact]
    public void Report_SuccessBetween_BeginsTheCountAnew()
    {
        Fail(4);
        _breaker.Report(Enter(), CallVerdict.Answered);
        Fail(4);

        Assert.NotNull(_breaker.TryEnter(out _));
    }

    [Fact]
    public void TryEnter_BreakOver_LetsOneProbeThroughWhoseSuccessCloses()
    {
        Fail(5);
        _time.Advance(_options.BreakDuration);
        var probe = Enter();
        Assert.Null(_breaker.TryEnter(out _));

        _breaker.Report(probe, CallVerdict.Answered);

        Assert.NotNull(_breaker.TryEnter(out _));
        Assert.False(_breaker.IsTroubled);
    }

    [Fact]
    public void Report_ProbeFailed_OpensForAnotherBreak()
    {
        Fail(5);
        _time.Advance(_options.BreakDuration);
        Fail(1);

        _time.Advance(_options.BreakDuration - TimeSpan.FromTicks(1));
        Assert.Null(_breaker.TryEnter(out _));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull(_breaker.TryEnter(out _));
    }

    [Fact]
    public void TryEnter_ProbeHangs_AnotherOneStartsAndTheFirstCountsNoMore()
    {
        Fail(5);
        _time.Advance(_options.BreakDuration);
        var hung = Enter();
        _time.Advance(_options.ProbeTimeout);
        var second = Enter();

        _breaker.Report(hung, CallVerdict.Answered);
        Assert.Equal("half-open", _breaker.Status().State);
        _breaker.Report(second, CallVerdict.Answered);

        Assert.Equal("closed", _breaker.Status().State);
    }

    [Fact]
    public void Report_ProbeGivenUpByItsCaller_LetsTheNextCallProbe()
    {
        Fail(5);
        _time.Advance(_options.BreakDuration);
        _breaker.Report(Enter(), CallVerdict.Unknown);

        Assert.Equal("open", _breaker.Status().State);
        Assert.NotNull(_breaker.TryEnter(out _));
        Assert.Null(_breaker.TryEnter(out _));
    }

    [Fact]
    public void Report_CallOfAnEarlierState_ChangesNothing()
    {
        var slow = Enter();
        Fail(5);
        _breaker.Report(slow, CallVerdict.Answered);
        Assert.Equal("open", _breaker.Status().State);

        Assert.Equal(1, _breaker.Status().Outdated);
        Assert.False(slow.IsCurrent);
    }

    [Fact]
    public void Breaker_RandomSchedules_DoesWhatTheModelSays()
    {
        const int Schedules = 100_000;
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var schedule = 0; schedule < Schedules; schedule++)
            FollowSchedule(random, $"seed {seed}, schedule {schedule}");
    }

    private static void FollowSchedule(Random random, string which)
    {
        var tick = TimeSpan.FromSeconds(1);
        var options = new BreakerOptions { FailuresToOpen = random.Next(1, 6), BreakDuration = tick * random.Next(1, 5), ProbeTimeout = tick * random.Next(1, 5) };
        var time = new FakeTimeProvider();
        var breaker = new Breaker(options, time);
        var model = new BreakerModel(options.FailuresToOpen, (int)(options.BreakDuration / tick), (int)(options.ProbeTimeout / tick));
        var running = new List<(BreakerPermit Permit, object Call)>();
        var now = 0;
        for (var step = 0; step < 40; step++)
        {
            var what = random.Next(5);
            if (what == 0)
            {
                now++;
                time.Advance(tick);
            }
            else if (what <= 2 || running.Count == 0)
            {
                var (permit, call) = (breaker.TryEnter(out _), model.Start(now));
                Assert.True(permit is null == call is null, $"{which}, step {step}: let through {permit is not null}, the model {call is not null}");
                if (permit is not null)
                    running.Add((permit, call!));
            }
            else
            {
                var ended = random.Next(running.Count);
                bool? succeeded = random.Next(8) switch { 0 => null, <= 2 => true, _ => false };
                breaker.Report(running[ended].Permit, succeeded switch { true => CallVerdict.Answered, false => CallVerdict.Failed, _ => CallVerdict.Unknown });
                model.End(running[ended].Call, succeeded, now);
                running.RemoveAt(ended);
            }
        }
    }

    private BreakerPermit Enter() => _breaker.TryEnter(out _) ?? throw new InvalidOperationException("The breaker lets nothing through.");

    private void Fail(int times)
    {
        for (var i = 0; i < times; i++)
            _breaker.Report(Enter(), CallVerdict.Failed);
    }
}
