using System.Net.Http.Headers;
using System.Text.Json;
using TravelHub.Client.Http;

namespace TravelHub.Lab.Workload;

/// <summary>Speaks to the gateway as clients do, one attempt at a time.</summary>
internal sealed class Gateway : IGateway, IDisposable
{
    private static readonly TimeSpan ReadPatience = TimeSpan.FromSeconds(40);

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public Gateway(Uri url, string clientKey, TimeProvider time)
    {
        _time = time;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", clientKey);
    }

    /// <inheritdoc/>
    /// <returns>Null when the outcome is unknown: no answer in time, a broken connection, or an answer that says so.</returns>
    public async Task<Reply?> Ask(LabRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var message = request.Message();
        return await Send(message, timeout, cancellationToken) is { } answer ? Reply.Of(answer) : null;
    }

    public async Task<LabReservation?> Reservation(Guid id, CancellationToken cancellationToken)
    {
        var answer = await Patiently($"/v1/reservations/{id:D}", cancellationToken);
        return answer.IsSuccess ? JsonSerializer.Deserialize<LabReservation>(answer.Body, TravelHubClient.Json) : null;
    }

    public async Task<Dictionary<LabRoom, int>> Left(string destination, DateOnly checkIn, int nights, CancellationToken cancellationToken)
    {
        var path = $"/v1/search?destination={destination}&checkIn={checkIn:O}&checkOut={checkIn.AddDays(nights):O}&guests=2&limit=200";
        var answer = await Patiently(path, cancellationToken);
        var page = JsonSerializer.Deserialize<SearchPage>(answer.Body, TravelHubClient.Json)!;
        return page.Data.ToDictionary(offer => new LabRoom(offer.PropertyId, offer.RoomType), offer => offer.RoomsLeft);
    }

    public async Task<IReadOnlyList<Guid>> OwnList(CancellationToken cancellationToken)
    {
        var all = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var answer = await Patiently($"/v1/reservations?limit=50{(after.Length > 0 ? $"&after={after}" : "")}", cancellationToken);
            using var page = JsonDocument.Parse(answer.Body);
            all.AddRange(page.RootElement.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()));
            after = page.RootElement.GetProperty("meta").TryGetProperty("after", out var next) ? next.GetString() : null;
        }

        return all;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer> Patiently(string path, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        while (_time.GetElapsedTime(start) < ReadPatience)
        {
            using var message = new HttpRequestMessage(HttpMethod.Get, path);
            if (await Send(message, TimeSpan.FromSeconds(25), cancellationToken) is { IsTransient: false } answer)
                return answer;
            await Task.Delay(TimeSpan.FromMilliseconds(200), _time, cancellationToken);
        }

        throw new TimeoutException($"{path} is not answered.");
    }

    private async Task<Answer?> Send(HttpRequestMessage message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return await Answer.Read(response, _time.GetUtcNow(), either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
