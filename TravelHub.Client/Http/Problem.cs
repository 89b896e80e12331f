using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TravelHub.Client.Http;

/// <summary>A problem document (RFC 9457), with all its members.</summary>
internal sealed record Problem(
    string? Type = null, string? Title = null, int? Status = null, string? Detail = null, string? Code = null, string? TraceId = null)
{
    private const int ExcerptLength = 200;

    /// <summary>Members that have no name here, such as the list of what is wrong with a request.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Others { get; init; }

    /// <summary>Reads a refusal's body. What is no problem document, such as a proxy's page, becomes one with an excerpt of it.</summary>
    public static Problem Of(HttpStatusCode status, string body)
    {
        try
        {
            if (JsonSerializer.Deserialize<Problem>(body, TravelHubClient.Json) is { } problem)
                return problem with { Status = problem.Status ?? (int)status };
        }
        catch (JsonException)
        {
        }

        var excerpt = body.Length > ExcerptLength ? body[..ExcerptLength] : body;
        return new Problem(Title: status.ToString(), Status: (int)status, Detail: excerpt.Length == 0 ? null : excerpt);
    }

    public override string ToString()
    {
        var others = Others is { Count: > 0 } ? " " + JsonSerializer.Serialize(Others) : "";
        var trace = TraceId is null ? "" : $" (trace {TraceId})";
        return $"{Status} {Code ?? Title}: {Detail ?? Title}{others}{trace}";
    }
}
