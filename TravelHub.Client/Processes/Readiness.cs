namespace TravelHub.Client.Processes;

/// <summary>Waits until a process answers that it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A start takes seconds; one that takes this long may never end by itself.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(60);

    /// <summary>Returns once <c>GET /health/ready</c> is answered with success.</summary>
    /// <param name="onLongWait">Is called once when it takes longer than a minute; the wait goes on.</param>
    public static async Task Wait(Uri address, TimeProvider clock, CancellationToken cancellationToken, Action? onLongWait = null)
    {
        // A proxy of the environment is not on this machine's way to itself.
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback }) { BaseAddress = address, Timeout = CallTimeout };
        var startTimestamp = clock.GetTimestamp();
        while (!await IsReady(http, cancellationToken))
        {
            if (clock.GetElapsedTime(startTimestamp) > LongWait)
            {
                onLongWait?.Invoke();
                onLongWait = null;
            }

            await Task.Delay(PollPeriod, clock, cancellationToken);
        }
    }

    private static async Task<bool> IsReady(HttpClient http, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
