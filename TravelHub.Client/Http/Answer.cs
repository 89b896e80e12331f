using System.Net;

namespace TravelHub.Client.Http;

/// <summary>An answer, read to its end.</summary>
/// <param name="RetryAfter">How long the gateway asks to wait; null when it does not.</param>
internal sealed record Answer(HttpStatusCode Status, string Body, Uri? Location, TimeSpan? RetryAfter)
{
    private const string NoAnswerYet = "\"no-answer-yet\"";

    /// <summary>Whether the same request may fare better later: overload, something behind the gateway that is down, or a read that nobody can answer yet.</summary>
    public bool IsTransient => (Status == HttpStatusCode.Accepted && Body.Contains(NoAnswerYet, StringComparison.Ordinal)) || Status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Takes in the body too: a connection that breaks half-way through it is a failed attempt, not an answer.</summary>
    public static async Task<Answer> Read(HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var retryAfter = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => (TimeSpan?)null,
        };
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        return new Answer(response.StatusCode, body, response.Headers.Location, retryAfter);
    }
}
