using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace TravelHub.PaymentSandbox.Tests;

/// <summary>The contract as a caller speaks it: plain HTTP and JSON, nothing shared with the program.</summary>
internal sealed class ProviderClient : IDisposable
{
    private readonly HttpClient _http;

    public ProviderClient(string address, string? key)
    {
        _http = new HttpClient { BaseAddress = new Uri(address) };
        _http.DefaultRequestHeaders.Authorization = key is null ? null : AuthenticationHeaderValue.Parse(key);
    }

    public Task<Reply> Charge(
        string chargeId, long amountMinor = 36000, string currency = "EUR", string token = "tok_ok", string reference = "reservation-1",
        CancellationTokenSource? patience = null) =>
        Put($"/charges/{chargeId}", new { amountMinor, currency, token, reference }, patience);

    public Task<Reply> Void(string chargeId) => Put($"/charges/{chargeId}/void", null);

    public Task<Reply> Refund(string refundId, string chargeId, long amountMinor, string currency = "EUR") =>
        Put($"/refunds/{refundId}", new { chargeId, amountMinor, currency });

    public async Task<Reply> Put(string path, object? body, CancellationTokenSource? patience = null)
    {
        using var content = body is null ? null : JsonContent.Create(body);
        using var response = await _http.PutAsync(new Uri(path, UriKind.Relative), content, patience?.Token ?? TestContext.Current.CancellationToken);
        return await Reply.Read(response);
    }

    public async Task<Reply> Get(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return await Reply.Read(response);
    }

    /// <summary>Waits until a charge is committed, by asking.</summary>
    public async Task Committed(string chargeId)
    {
        while ((await Get($"/charges/{chargeId}")).Status == HttpStatusCode.NotFound)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What is said of a charge once it is no longer under way: captured, or 404 if the program forgot it meanwhile.</summary>
    public async Task<Reply> Settled(string chargeId)
    {
        while (true)
        {
            var said = await Get($"/charges/{chargeId}");
            if (said.Status != HttpStatusCode.Accepted)
                return said;
        }
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>An answer: its status, its body as it came, and the words a caller reads in it.</summary>
internal sealed record Reply(HttpStatusCode Status, string Body, string? ContentType)
{
    /// <summary>Of a charge, void or refund.</summary>
    public string? Outcome => Text("status");

    /// <summary>Of a problem document.</summary>
    public string? Code => Text("code");

    public string? Reason => Text("reason");

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public static async Task<Reply> Read(HttpResponseMessage response) => new(
        response.StatusCode,
        await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
        response.Content.Headers.ContentType?.MediaType);

    private string? Text(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : null;
}
