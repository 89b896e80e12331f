namespace TravelHub.Client.Processes;

/// <summary>Waits until a process answers that it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Returns once <c>GET /health/ready</c> is answered with success.</summary>
    public static async Task Wait(Uri address, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = address, Timeout = CallTimeout };
        while (!await IsReady(http, cancellationToken))
            await Task.Delay(PollPeriod, clock, cancellationToken);
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
