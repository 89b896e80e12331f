using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>The provider over HTTP: every request is a PUT under its own id, so that a repeat is harmless.</summary>
internal sealed class HttpPaymentProvider : IPaymentProvider, IDisposable
{
    private readonly HttpClient _http;

    public HttpPaymentProvider(IOptions<PaymentOptions> options)
    {
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseProxy = false })
        {
            BaseAddress = options.Value.ProviderUrl,
            Timeout = options.Value.ProviderTimeout,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ProviderKey);
    }

    public async Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference)
    {
        using var response = await _http.PutAsJsonAsync(
            $"charges/{chargeId}", new ChargeRequest(amount.AmountMinor, amount.Currency, token, reference), ProviderJson.Default.ChargeRequest);
        if (response.StatusCode == HttpStatusCode.Conflict && await CodeOf(response) == "charge-voided")
            return new ChargeOutcome.Voided();
        var charge = await Read(response);
        return charge.Status switch
        {
            "captured" => new ChargeOutcome.Captured(),
            "declined" => new ChargeOutcome.Declined(charge.Reason ?? "declined"),
            _ => throw new HttpRequestException($"The provider answered charge {chargeId} with status '{charge.Status}'."),
        };
    }

    public async Task<VoidOutcome> Void(string chargeId)
    {
        using var response = await _http.PutAsync($"charges/{chargeId}/void", content: null);
        var charge = await Read(response);
        return charge.Status switch
        {
            "voided" => new VoidOutcome.Voided(),
            "captured" => new VoidOutcome.Captured(new Money(charge.AmountMinor, charge.Currency!)),
            _ => throw new HttpRequestException($"The provider answered the void of {chargeId} with status '{charge.Status}'."),
        };
    }

    public async Task Refund(string refundId, string chargeId, Money amount)
    {
        using var response = await _http.PutAsJsonAsync(
            $"refunds/{refundId}", new RefundRequest(chargeId, amount.AmountMinor, amount.Currency), ProviderJson.Default.RefundRequest);
        await Read(response);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<ProviderAnswer> Read(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The provider answered {(int)response.StatusCode}.", null, response.StatusCode);
        return await response.Content.ReadFromJsonAsync(ProviderJson.Default.ProviderAnswer)
            ?? throw new HttpRequestException("The provider's answer is empty.");
    }

    private static async Task<string?> CodeOf(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync(ProviderJson.Default.ProviderProblem))?.Code;
}

internal sealed record ChargeRequest(long AmountMinor, string Currency, string Token, string Reference);

internal sealed record RefundRequest(string ChargeId, long AmountMinor, string Currency);

internal sealed record ProviderAnswer(string Status, long AmountMinor, string? Currency, string? Reason);

internal sealed record ProviderProblem(string? Code);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ChargeRequest))]
[JsonSerializable(typeof(RefundRequest))]
[JsonSerializable(typeof(ProviderAnswer))]
[JsonSerializable(typeof(ProviderProblem))]
internal sealed partial class ProviderJson : JsonSerializerContext;
