using TravelHub.Lab.Instances;

namespace TravelHub.Lab.AnalyticsTrouble;

/// <summary>
/// Asks for the dearest figures at a rate, whether or not those before were answered: a flood that waits for its answers would be slowed down by the defence
/// that it is to try.
/// </summary>
internal sealed class AnalyticsFlood : IAsyncDisposable
{
    public const int QuestionsPerSecond = 50;

    // A year with all that was booked. The one has the longest answer, the other gives the database most to do.
    private static readonly string[] DearestQuestions =
    [
        "/v1/analytics/nights?from=2030-01-01&until=2031-01-01&by=day,property&limit=200",
        "/v1/analytics/nights?from=2030-01-01&until=2031-01-01&by=property&limit=200",
    ];

    private readonly HttpClient _http;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _asking;
    private long _asked;
    private long _answered;

    public AnalyticsFlood(LabInstance instance, TimeProvider time)
    {
        _http = instance.WithKey(instance.OperatorKey);
        _asking = Task.Run(() => Ask(time));
    }

    public long Asked => Interlocked.Read(ref _asked);

    /// <summary>Those that got figures; the others were turned away.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _asking;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task Ask(TimeProvider time)
    {
        var began = time.GetTimestamp();
        var questions = new List<Task>();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / QuestionsPerSecond), time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                for (var due = time.GetElapsedTime(began).TotalSeconds * QuestionsPerSecond; Asked < due;)
                    questions.Add(Ask(DearestQuestions[Interlocked.Increment(ref _asked) % DearestQuestions.Length]));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(questions);
        }
    }

    private async Task Ask(string question)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(question, UriKind.Relative), _stop.Token);
            if (answer.IsSuccessStatusCode)
                Interlocked.Increment(ref _answered);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Turned away, or the flood is over.
        }
    }
}
