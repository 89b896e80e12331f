using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TravelHub.Load.Schedule;

namespace TravelHub.Load.Sending;

/// <summary>Speaks to a gateway with a client's key.</summary>
public sealed class GatewaySender : IRequestSender, IDisposable
{
    private const int Destinations = 50;

    private readonly HttpClient _http;
    private readonly TimeProvider? _clock;

    /// <param name="url">Where the gateway answers.</param>
    /// <param name="clientKey">The key that books.</param>
    /// <param name="clock">Tells the age of what searches find; null not to read what they find, which costs time.</param>
    public GatewaySender(Uri url, string clientKey, TimeProvider? clock = null)
    {
        _clock = clock;
        // No limit of its own: a request that waited here for a connection would be held unseen. The run has the cap.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        _http = new HttpClient(handler) { BaseAddress = url, Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", clientKey);
    }

    /// <inheritdoc/>
    public async Task<RequestFate> Send(PlannedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var message = Message(request);
            using var response = await _http.SendAsync(message, cancellationToken);
            return request.Kind == RequestKind.Search
                ? new RequestFate.Answered((int)response.StatusCode, Reservation: null, await Finding(response, cancellationToken))
                : new RequestFate.Answered((int)response.StatusCode, await Reservation(response, cancellationToken));
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            return new RequestFate.Unreachable(e.Message);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new RequestFate.Indeterminate(e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Message(PlannedRequest request)
    {
        var checkIn = Text(request.CheckIn);
        var checkOut = Text(request.CheckIn.AddDays(LoadSchedule.NightsBooked));
        if (request.Kind == RequestKind.Search)
        {
            var destination = request.Room % Destinations;
            return new HttpRequestMessage(HttpMethod.Get, $"/v1/search?destination=dest-{destination}&checkIn={checkIn}&checkOut={checkOut}&guests=2");
        }

        var body = $$"""
            {"stays":[{"propertyId":"bench-{{request.Room}}","roomType":"STD","checkIn":"{{checkIn}}","checkOut":"{{checkOut}}","rooms":1,"guests":2}],
            "guest":{"name":"Load {{request.Number}}","email":"load-{{request.Number}}@load.example"},"paymentToken":"tok_ok"}
            """;
        var message = new HttpRequestMessage(HttpMethod.Post, "/v1/reservations")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        message.Headers.Add("Idempotency-Key", request.IdempotencyKey);
        return message;
    }

    private async Task<SearchFinding?> Finding(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (_clock is null || response.StatusCode != HttpStatusCode.OK)
            return null;
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var root = document.RootElement;
        return new SearchFinding(
            root.GetProperty("data").GetArrayLength(), root.GetProperty("degraded").GetBoolean(), _clock.GetUtcNow() - root.GetProperty("asOf").GetDateTimeOffset());
    }

    private static async Task<Guid?> Reservation(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted))
            return null;
        try
        {
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            using var document = JsonDocument.Parse(body);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var reservation)
                ? reservation
                : null;
        }
        catch (JsonException)
        {
            // The status is an answer all the same.
            return null;
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
