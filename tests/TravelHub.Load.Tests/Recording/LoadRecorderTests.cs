using TravelHub.Load.Recording;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Tests.Recording;

public sealed class LoadRecorderTests
{
    private static readonly LoadOptions Options = new()
    {
        Run = "run", Seed = 1, RatePerSecond = 100, WarmUp = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(10),
    };

    private static readonly RequestFate Created = new RequestFate.Answered(201, Guid.Empty);

    [Fact]
    public void Record_WarmUp_IsLeftOut()
    {
        var recorder = new LoadRecorder(Options);
        recorder.Record(Request(0, startMs: 0, latencyMs: 900, Created));
        recorder.Record(Request(1, startMs: 1000, latencyMs: 5, Created));

        var report = recorder.Report(default, Options.WarmUp + Options.Duration, isCut: false);

        Assert.Equal((1, 1, 1), (report.WarmUpRequests, report.Due, report.Latency!.Count));
        Assert.Equal(5, report.Latency.MaxMs);
    }

    [Fact]
    public void Record_EachFate_IsCountedAsWhatItIs()
    {
        var recorder = new LoadRecorder(Options);
        RequestFate[] fates =
        [
            Created, Created, new RequestFate.Answered(409, null), new RequestFate.Indeterminate("no answer"),
            new RequestFate.Unreachable("refused"), new RequestFate.NeverSent(),
        ];
        for (var i = 0; i < fates.Length; i++)
            recorder.Record(Request(i, startMs: 1500, latencyMs: 10 * (i + 1), fates[i]));

        var report = recorder.Report(default, Options.WarmUp + Options.Duration, isCut: false);

        Assert.Equal((6, 5, 3, 1, 1, 1), (report.Due, report.Sent, report.Answered, report.Indeterminate, report.Unreachable, report.NeverSent));
        Assert.Equal(new Dictionary<int, long> { [201] = 2, [409] = 1 }, report.ByStatus);
        Assert.Equal(new Dictionary<string, long> { ["no answer"] = 1, ["refused"] = 1 }, report.Reasons);
        // Those without an answer are in the whole, with the time they took to be given up.
        Assert.Equal((6, 60), (report.Latency!.Count, report.Latency.MaxMs));
        Assert.Equal((2, 20), (report.SucceededLatency!.Count, report.SucceededLatency.MaxMs));
        Assert.Equal((10, 0.6, 0.5, 0.3), (report.MeasuredSeconds, report.DuePerSecond, report.SentPerSecond, report.AnsweredPerSecond));
    }

    [Fact]
    public void Report_KnownLatencies_GivesTheirPercentiles()
    {
        var recorder = new LoadRecorder(Options);
        for (var i = 1; i <= 1000; i++)
            recorder.Record(Request(i, startMs: 1000, latencyMs: i, Created));

        var latency = recorder.Report(default, Options.WarmUp + Options.Duration, isCut: false).Latency!;

        // Three significant digits.
        Assert.InRange(latency.P50Ms, 499, 501);
        Assert.InRange(latency.P90Ms, 899, 901);
        Assert.InRange(latency.P99Ms, 989, 991);
        Assert.InRange(latency.P999Ms, 998, 1000);
        Assert.Equal(1000, latency.MaxMs);
    }

    [Fact]
    public void Report_AnswersOfAnotherSecond_StandAtTheIntendedOne()
    {
        var recorder = new LoadRecorder(Options);
        recorder.Record(Request(0, startMs: 1100, latencyMs: 2500, Created));
        recorder.Record(Request(1, startMs: 3999, latencyMs: 2, new RequestFate.Answered(503, null)));

        var timeline = recorder.Report(default, Options.WarmUp + Options.Duration, isCut: false).Timeline;

        Assert.Equal([(0, 1, 1, 1), (2, 1, 1, 0)], timeline.Select(second => (second.Second, second.Due, second.Answered, second.Succeeded)));
        Assert.Equal([2500d, 2d], timeline.Select(second => second.Latency.MaxMs));
    }

    [Fact]
    public void Report_SentUntilAfterTheEnd_IsALowerRate()
    {
        var recorder = new LoadRecorder(Options);
        var planned = Planned(0, 1000);
        recorder.Record(new RequestRecord(planned, TimeSpan.FromSeconds(21), TimeSpan.FromSeconds(21), IsHeld: true, Created));

        var report = recorder.Report(default, Options.WarmUp + Options.Duration, isCut: false);

        Assert.Equal((0.1, 0.05, 1), (report.DuePerSecond, report.SentPerSecond, report.Held));
        Assert.Equal(20_000, report.StartLag!.MaxMs);
    }

    private static RequestRecord Request(int number, int startMs, int latencyMs, RequestFate fate)
    {
        var planned = Planned(number, startMs);
        TimeSpan? sent = fate is RequestFate.NeverSent ? null : planned.Start;
        return new RequestRecord(planned, sent, planned.Start + TimeSpan.FromMilliseconds(latencyMs), IsHeld: false, fate);
    }

    private static PlannedRequest Planned(int number, int startMs)
    {
        var start = TimeSpan.FromMilliseconds(startMs);
        return new PlannedRequest(number, start, start < Options.WarmUp, RequestKind.Booking, Room: 1, new DateOnly(2030, 1, 1), $"run-{number}");
    }
}
