using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Catalog;

/// <summary>Signs the price of a stay, and reads it back: <c>base64url(JSON).base64url(HMAC-SHA256)</c>.</summary>
internal sealed class QuoteSigner(IOptions<QuoteOptions> options)
{
    private readonly byte[] _key = Convert.FromBase64String(options.Value.SigningKey);

    /// <returns>The quote, and when it expires.</returns>
    public (string Quote, DateTimeOffset Expires) Sign(PricedStay stay, string? ratePlan, DateTimeOffset now)
    {
        var expires = now + options.Value.Lifetime;
        var payload = JsonSerializer.SerializeToUtf8Bytes(
            new QuotedStay(
                stay.PropertyId, stay.RoomType, ratePlan, stay.Nights.CheckIn, stay.Nights.CheckOut, stay.NightlyMinor, stay.Currency,
                expires.ToUnixTimeSeconds(), new QuotedTerms(stay.TaxBasisPoints, stay.RoomNightFeeMinor, stay.FreeUntil, stay.LateRefundPercent)),
            QuoteJson.Default.QuotedStay);
        return ($"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, payload))}", expires);
    }

    /// <summary>Checks that the quote is ours, for this stay, and still good.</summary>
    /// <returns>What was promised, or why it doesn't bind.</returns>
    public (QuotedStay? Quoted, Refusal? Why) Read(StayRequest stay, string currency, DateTimeOffset now)
    {
        if (Open(stay.Quote!) is not { } quoted)
            return (null, new Refusal("quote-invalid", "The quote was not issued here or was changed; search again, or leave it out to pay today's price."));
        if (quoted.ExpiresAt < now.ToUnixTimeSeconds())
            return (null, new Refusal("quote-expired", "The quoted price was promised until its expiry, which has passed; search again."));
        var isSameStay = quoted.PropertyId == stay.PropertyId && quoted.RoomType == stay.RoomType && quoted.RatePlan == stay.RatePlan
            && quoted.CheckIn == stay.Nights.CheckIn && quoted.CheckOut == stay.Nights.CheckOut && quoted.Currency == currency;
        return isSameStay
            ? (quoted, null)
            : (null, new Refusal("quote-mismatch", "The quote is for another stay: property, room type, dates and rate plan must be those of the offer."));
    }

    private QuotedStay? Open(string quote)
    {
        var dot = quote.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !Base64Url.IsValid(quote.AsSpan(0, dot)) || !Base64Url.IsValid(quote.AsSpan(dot + 1)))
            return null;
        var payload = Base64Url.DecodeFromChars(quote.AsSpan(0, dot));
        var isOurs = CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(_key, payload), Base64Url.DecodeFromChars(quote.AsSpan(dot + 1)));
        return isOurs ? JsonSerializer.Deserialize(payload, QuoteJson.Default.QuotedStay) : null;
    }
}

/// <param name="ExpiresAt">Unix seconds.</param>
/// <param name="Terms">Null in a quote that was given before it promised them: those of the property's entry hold.</param>
internal sealed record QuotedStay(
    string PropertyId, string RoomType, string? RatePlan, DateOnly CheckIn, DateOnly CheckOut, ImmutableArray<long> NightlyMinor,
    string Currency, long ExpiresAt, QuotedTerms? Terms = null);

/// <summary>What else the price and the refund depend on, as in <see cref="PricedStay"/>.</summary>
internal sealed record QuotedTerms(int TaxBasisPoints, long RoomNightFeeMinor, DateTimeOffset FreeUntil, int LateRefundPercent);

[JsonSerializable(typeof(QuotedStay))]
internal sealed partial class QuoteJson : JsonSerializerContext;
