using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using TravelHub.Client.Http;

namespace TravelHub.Client.Operations;

/// <summary>Speaks to the gateway with the operator's key: one question, one answer, none of them repeated by itself.</summary>
internal sealed class OperatorGateway : IDisposable
{
    private readonly HttpClient _http;

    /// <param name="patience">How long one answer may take; operations wait in the gateway until they are done.</param>
    public OperatorGateway(Uri url, string key, TimeSpan patience)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = url, Timeout = patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <exception cref="TravelHubException">It was refused, or there was no answer.</exception>
    public async Task<JsonObject> Get(string path, CancellationToken cancellationToken) => (await Send(HttpMethod.Get, path, cancellationToken)).Body;

    /// <returns>The answer, and whether what was asked for is done.</returns>
    /// <inheritdoc cref="Get" path="/exception"/>
    public Task<(JsonObject Body, bool IsDone)> Post(string path, CancellationToken cancellationToken) => Send(HttpMethod.Post, path, cancellationToken);

    public void Dispose() => _http.Dispose();

    private async Task<(JsonObject Body, bool IsDone)> Send(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            using var answer = await _http.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            return answer.IsSuccessStatusCode && JsonNode.Parse(text) is JsonObject body
                ? (body, answer.StatusCode != HttpStatusCode.Accepted)
                : throw new TravelHubException(Problem.Of(answer.StatusCode, text));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TravelHubException($"{_http.BaseAddress} does not answer: {e.Message}", e);
        }
    }
}
