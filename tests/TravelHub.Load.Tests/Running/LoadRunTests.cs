using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Running;

public sealed class LoadRunTests
{
    private static readonly LoadOptions Options = new()
    {
        Run = "run", Seed = 1, RatePerSecond = 1, Arrivals = ArrivalPattern.Constant, WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(3),
        Timeout = TimeSpan.FromSeconds(10),
    };

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSender _sender = new();

    [Fact(Timeout = 60_000)]
    public async Task Completion_NoAnswerInTime_IsIndeterminateAndNoFailure()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var run = LoadRun.Start(Options with { Duration = TimeSpan.FromSeconds(1) }, _sender, _time, null, cancellation);
        await _sender.Sent(cancellation);

        _time.Advance(Options.Timeout);

        var report = await run.Completion;
        Assert.Equal((1, 0, 1, 0), (report.Sent, report.Answered, report.Indeterminate, report.Unreachable));
        Assert.Equal(10_000, report.Latency!.MaxMs);
        Assert.False(report.IsCut);
        Assert.Equal("No answer within 10 s.", Assert.Single(report.Reasons).Key);
    }

    [Fact(Timeout = 60_000)]
    public async Task Completion_SenderThrows_IsIndeterminate()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var run = LoadRun.Start(Options with { Duration = TimeSpan.FromSeconds(1) }, _sender, _time, null, cancellation);
        await _sender.Sent(cancellation);

        _sender.BreakAll();

        Assert.Equal("InvalidOperationException: broken", Assert.Single((await run.Completion).Reasons).Key);
    }

    [Fact(Timeout = 60_000)]
    public async Task Cancel_RequestsUnderWay_GivesThemUpAndSendsNoMore()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var run = LoadRun.Start(Options, _sender, _time, null, cut.Token);
        await _sender.Sent(cancellation);

        await cut.CancelAsync();

        var report = await run.Completion;
        Assert.True(report.IsCut);
        var record = Assert.Single(run.History);
        Assert.Equal("run-0", record.Planned.IdempotencyKey);
        Assert.Equal(new RequestFate.Indeterminate("The run was cancelled."), record.Fate);
    }

    [Fact(Timeout = 60_000)]
    public async Task Stop_RequestsUnderWay_WaitsForTheirAnswers()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var run = LoadRun.Start(Options, _sender, _time, null, cancellation);
        await _sender.Sent(cancellation);

        run.Stop();
        _sender.AnswerAll();

        var report = await run.Completion;
        Assert.Equal((true, 1, 1), (report.IsCut, report.Due, report.ByStatus[201]));
    }

    [Fact(Timeout = 60_000)]
    public async Task Completion_HeldUntilAfterTheEnd_CountsTheUnsentWithTheLatencyTheyHad()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var over = Channel.CreateUnbounded<RequestRecord>();
        using var run = LoadRun.Start(
            Options with { MaxInFlight = 1 }, _sender, _time, record => over.Writer.TryWrite(record), cancellation);
        await _sender.Sent(cancellation);
        // The first one times out, and the second takes its place.
        _time.Advance(Options.Timeout);
        await _sender.Sent(cancellation);
        await over.Reader.ReadAsync(cancellation);

        // The third is held until the run has no more time for it.
        _time.Advance(Options.Duration);
        var unsent = await over.Reader.ReadAsync(cancellation);
        _time.Advance(Options.Timeout);

        var report = await run.Completion;
        Assert.Equal((2, null, new RequestFate.NeverSent()), (unsent.Planned.Number, unsent.Sent, (RequestFate.NeverSent)unsent.Fate));
        Assert.Equal(TimeSpan.FromSeconds(11), unsent.Latency);
        Assert.Equal((3, 2, 1, 2, 3), (report.Due, report.Sent, report.NeverSent, report.Held, report.Latency!.Count));
    }

    [Fact]
    public void Start_OptionsOutOfRange_Throws() =>
        Assert.Throws<ArgumentException>(() => LoadRun.Start(Options with { MaxInFlight = 0 }, _sender, _time, null, TestContext.Current.CancellationToken));
}
