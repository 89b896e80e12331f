using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Running;

/// <summary>A real server stalls for a second of the run's clock, which the tests turn: a request each 100 ms, the stall from 0.5 s to 1.5 s.</summary>
public sealed class StallTests
{
    private const int StallFrom = 5;
    private const int RecoveredBefore = 15;
    private const int Requests = 20;

    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private static readonly LoadOptions Options = new()
    {
        Run = "stall", Seed = 1, RatePerSecond = 10, Arrivals = ArrivalPattern.Constant, WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(2),
    };

    // What is left of the stall when a request is due.
    private static readonly TimeSpan[] Expected = [.. Enumerable.Range(0, Requests)
        .Select(number => number is >= StallFrom and < RecoveredBefore ? (RecoveredBefore - number) * Gap : TimeSpan.Zero)];

    private readonly FakeTimeProvider _time = new();
    private readonly Channel<RequestRecord> _over = Channel.CreateUnbounded<RequestRecord>();

    [Fact(Timeout = 60_000)]
    public async Task Completion_ServerStalls_ShowsInEveryRequestThatShouldHaveStartedMeanwhile()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await StallingServer.Start(StallFrom);
        using var sender = new GatewaySender(server.Url, "key");
        using var run = LoadRun.Start(Options, sender, _time, record => _over.Writer.TryWrite(record), cancellation);

        await UntilStall(server, cancellation);
        for (var number = StallFrom; number < RecoveredBefore; number++)
        {
            // Nobody was answered, and yet the next one arrives.
            Assert.Equal($"stall-{number}", (await server.Arrival(cancellation)).Key);
            _time.Advance(Gap);
        }

        await AfterStall(server, firstStalled: StallFrom, firstToArrive: RecoveredBefore, cancellation);

        var report = await run.Completion;
        Assert.Equal(Expected, run.History.OrderBy(record => record.Planned.Number).Select(record => record.Latency));
        Assert.Equal((Requests, 0), (report.ByStatus[201], report.Held));
        Assert.Equal(1000, report.Latency!.MaxMs);
        Assert.Equal([1000d, 500d], report.Timeline.Select(second => second.Latency.MaxMs));
        Assert.Equal(0, report.StartLag!.MaxMs);
        Assert.All(run.History, record => Assert.Equal(StallingServer.Reservation, ((RequestFate.Answered)record.Fate).Reservation));
    }

    [Fact(Timeout = 60_000)]
    public async Task Completion_CapIsMetInAStall_CountsTheWaitAsLatencyAndSaysSo()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var server = await StallingServer.Start(StallFrom);
        using var sender = new GatewaySender(server.Url, "key");
        using var run = LoadRun.Start(
            Options with { MaxInFlight = 1 }, sender, _time, record => _over.Writer.TryWrite(record), cancellation);

        await UntilStall(server, cancellation);
        Assert.Equal($"stall-{StallFrom}", (await server.Arrival(cancellation)).Key);
        for (var number = StallFrom; number < RecoveredBefore; number++)
            _time.Advance(Gap);
        await AfterStall(server, firstStalled: StallFrom, firstToArrive: StallFrom + 1, cancellation);

        var report = await run.Completion;
        var history = run.History.OrderBy(record => record.Planned.Number).ToList();
        Assert.Equal(Expected, history.Select(record => record.Latency));
        Assert.All(history[(StallFrom + 1)..RecoveredBefore], record =>
        {
            Assert.True(record.IsHeld);
            // Measured from the sending, as a closed loop does, the stall would not be seen.
            Assert.Equal(record.Sent, record.Completed);
        });
        Assert.InRange(report.Held, RecoveredBefore - StallFrom - 1, RecoveredBefore - StallFrom);
        Assert.Equal(900, report.StartLag!.MaxMs);
    }

    private async Task UntilStall(StallingServer server, CancellationToken cancellation)
    {
        for (var number = 0; number < StallFrom; number++)
        {
            await server.Arrival(cancellation);
            await _over.Reader.ReadAsync(cancellation);
            _time.Advance(Gap);
        }
    }

    private async Task AfterStall(StallingServer server, int firstStalled, int firstToArrive, CancellationToken cancellation)
    {
        server.Recover();
        for (var number = firstToArrive; number <= RecoveredBefore; number++)
            await server.Arrival(cancellation);
        for (var number = firstStalled; number <= RecoveredBefore; number++)
            await _over.Reader.ReadAsync(cancellation);
        for (var number = RecoveredBefore + 1; number < Requests; number++)
        {
            _time.Advance(Gap);
            await server.Arrival(cancellation);
            await _over.Reader.ReadAsync(cancellation);
        }
    }
}
