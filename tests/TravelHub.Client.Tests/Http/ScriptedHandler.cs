using System.Net;

namespace TravelHub.Client.Tests.Http;

/// <summary>Answers attempts one after the other as it was told, and remembers what was sent.</summary>
internal sealed class ScriptedHandler(params Func<HttpResponseMessage>[] script) : HttpMessageHandler
{
    public List<(string Method, string Address, string? Key)> Sent { get; } = [];

    public static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var key = request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null;
        Sent.Add((request.Method.Method, request.RequestUri!.ToString(), key));
        // The last answer stands for all that follow.
        var answer = script[Math.Min(Sent.Count, script.Length) - 1];
        return Task.FromResult(answer());
    }
}
