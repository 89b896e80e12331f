namespace TravelHub.Client.Http;

/// <summary>Repeats a request until it has an answer that will not change by waiting. Only for requests that are harmless to repeat.</summary>
internal sealed class PatientSender(HttpClient http, ClientOptions options, TimeProvider time, Backoff backoff)
{
    /// <param name="makeRequest">A message can be sent once, so that each attempt needs its own; always with the same key.</param>
    /// <exception cref="TravelHubException">Patience is over, and there was no lasting answer.</exception>
    public async Task<Answer> Send(Func<HttpRequestMessage> makeRequest, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            Answer? answer = null;
            Exception? failure = null;
            try
            {
                answer = await Attempt(makeRequest, cancellationToken);
                if (!answer.IsTransient)
                    return answer;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                failure = e;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                failure = new TimeoutException($"no answer within {options.AttemptTimeout.TotalSeconds:0.#} s", e);
            }

            var wait = backoff.After(attempt);
            if (answer?.RetryAfter is { } asked && asked > wait)
                wait = asked;
            if (attempt >= options.MostAttempts || time.GetElapsedTime(began) + wait > options.Patience)
                throw GiveUp(attempt, answer, failure);
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<Answer> Attempt(Func<HttpRequestMessage> makeRequest, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(options.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var request = makeRequest();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        return await Answer.Read(response, time.GetUtcNow(), either.Token);
    }

    private TravelHubException GiveUp(int attempts, Answer? answer, Exception? failure) =>
        answer is null
            ? new TravelHubException($"{http.BaseAddress} cannot be reached: {failure?.Message} (attempts: {attempts})", failure)
            : new TravelHubException(Problem.Of(answer.Status, answer.Body));
}
