using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using TravelHub.Client.Http;

namespace TravelHub.Client.Analytics;

/// <summary>Asks a gateway for figures, all pages of them.</summary>
internal sealed class FiguresClient : IDisposable
{
    private readonly HttpClient _http;

    public FiguresClient(Target target)
    {
        // A proxy of the environment cannot reach this machine's own addresses, and would be shown the key.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = !target.Url.IsLoopback }) { BaseAddress = target.Url, Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", target.OperatorKey);
    }

    /// <summary>Figures by the night of stay.</summary>
    /// <param name="property">Of this one alone; null for all.</param>
    /// <exception cref="CommandFailure">There are none to be had; says why.</exception>
    public async Task<NightsReport> Nights(DateOnly from, DateOnly until, string by, CancellationToken cancellationToken, string? property = null)
    {
        var (rows, progress) = await Read<NightRow>("nights", from, until, by, property, cancellationToken);
        return new NightsReport(from, until, progress, rows);
    }

    /// <summary>Figures by the day of booking.</summary>
    /// <exception cref="CommandFailure">There are none to be had; says why.</exception>
    public async Task<IReadOnlyList<BookingRow>> Bookings(DateOnly from, DateOnly until, string by, CancellationToken cancellationToken, string? property = null) =>
        (await Read<BookingRow>("bookings", from, until, by, property, cancellationToken)).Rows;

    public void Dispose() => _http.Dispose();

    private async Task<(List<T> Rows, FiguresProgress Progress)> Read<T>(string what, DateOnly from, DateOnly until, string by, string? property, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var of = property is null ? "" : $"&property={Uri.EscapeDataString(property)}";
        for (var after = ""; ;)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"/v1/analytics/{what}?from={from:yyyy-MM-dd}&until={until:yyyy-MM-dd}&by={Uri.EscapeDataString(by)}&limit=200{of}{after}");
            using var answer = await Ask(query, cancellationToken);
            if (!answer.IsSuccessStatusCode)
                throw new CommandFailure($"There are no figures ({(int)answer.StatusCode}): {await Why(answer, cancellationToken)}");
            var page = (await answer.Content.ReadFromJsonAsync<FiguresPage<T>>(JsonSerializerOptions.Web, cancellationToken))!;
            rows.AddRange(page.Data);
            if (page.Meta.After is null)
                return (rows, page.Progress);
            after = $"&after={page.Meta.After}";
        }
    }

    private async Task<HttpResponseMessage> Ask(string query, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetAsync(new Uri(query, UriKind.Relative), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CommandFailure($"The gateway at {_http.BaseAddress} does not answer: {e.Message}", e);
        }
    }

    private static async Task<string> Why(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            return (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("detail").GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return answer.ReasonPhrase ?? "";
        }
    }

    private sealed record FiguresPage<T>(IReadOnlyList<T> Data, FiguresMeta Meta, FiguresProgress Progress);

    private sealed record FiguresMeta(string? After);
}
