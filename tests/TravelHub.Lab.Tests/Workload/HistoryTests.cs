using Microsoft.Extensions.Time.Testing;
using TravelHub.Lab.Workload;
using TravelHub.Testing;

namespace TravelHub.Lab.Tests.Workload;

public sealed class HistoryTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly DateTimeOffset _start;
    private readonly History _history;

    public HistoryTests()
    {
        _start = _time.GetUtcNow();
        _history = new History(_folder.In("history.jsonl"), _time, enough: 2);
    }

    [Fact]
    public void LongestStretch_TheLoadEndsInIt_LastsUntilTheNextSuccess()
    {
        Succeed(atSeconds: 1);
        _time.Advance(TimeSpan.FromSeconds(4));
        _history.EndLoad();
        Succeed(atSeconds: 12);   // of one who still waited
        Succeed(atSeconds: 40);
        _history.End();

        Assert.Equal(11, _history.LongestStretchSeconds);
    }

    [Fact]
    public void LongestStretch_NobodyWaitsWhenTheLoadEnds_EndsWithIt()
    {
        Succeed(atSeconds: 1);
        _time.Advance(TimeSpan.FromSeconds(4));
        _history.EndLoad();
        _time.Advance(TimeSpan.FromSeconds(10));
        _history.End();

        Assert.Equal(4, _history.LongestStretchSeconds);
    }

    [Fact]
    public void LongestStretch_WhoWaitsIsNeverServed_LastsToTheEnd()
    {
        Succeed(atSeconds: 1);
        _history.EndLoad();
        _history.Add(Request, reply: null);
        _time.Advance(TimeSpan.FromSeconds(20));
        _history.End();

        Assert.Equal(20, _history.LongestStretchSeconds);
    }

    [Fact]
    public void IsEnough_AsManyAnswersAsAskedFor_Completes()
    {
        _history.Add(Request, reply: null);   // no answer
        Succeed(atSeconds: 1);
        Assert.False(_history.IsEnough.IsCompleted);

        Succeed(atSeconds: 2);

        Assert.True(_history.IsEnough.IsCompletedSuccessfully);
    }

    public void Dispose()
    {
        _history.Dispose();
        _folder.Dispose();
    }

    private static LabRequest Request => LabRequest.ForPayment("key", Guid.Empty, "tok_ok");

    private void Succeed(double atSeconds)
    {
        _time.Advance(_start.AddSeconds(atSeconds) - _time.GetUtcNow());
        _history.Add(Request, new Reply(201, "confirmed", Reservation: null));
    }
}
