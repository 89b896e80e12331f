using Microsoft.Extensions.Time.Testing;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Running;

public sealed class ClosedLoopTests
{
    private static readonly LoadOptions Options = new()
    {
        Run = "loop", Seed = 1, RatePerSecond = 1_000, Duration = TimeSpan.FromSeconds(10), WarmUp = TimeSpan.Zero,
    };

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Run_EachAnswerTakesASecond_ClientsSendOneAfterTheOther()
    {
        var report = await new ClosedLoop(new Sender(_time, _ => 201), _time).Run(Options, clients: 1, TestContext.Current.CancellationToken);

        Assert.Equal((10, 0, 1.0), (report.Confirmed, report.Other, report.PerSecond));
        Assert.Equal(1_000, report.Latency!.MaxMs);
    }

    [Fact]
    public async Task Run_SomeAreRefused_AreNotCountedAsConfirmed()
    {
        var report = await new ClosedLoop(new Sender(_time, number => number % 2 == 0 ? 201 : 409), _time).Run(Options, clients: 1, TestContext.Current.CancellationToken);

        Assert.Equal((5, 5), (report.Confirmed, report.Other));
    }

    /// <summary>Answers at once, by a clock on which that took a second.</summary>
    private sealed class Sender(FakeTimeProvider time, Func<int, int> status) : IRequestSender
    {
        public Task<RequestFate> Send(PlannedRequest request, CancellationToken cancellationToken)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult<RequestFate>(new RequestFate.Answered(status(request.Number), null));
        }
    }
}
