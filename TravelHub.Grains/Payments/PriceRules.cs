using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments.Engines;

namespace TravelHub.Grains.Payments;

/// <summary>What a payment's total is computed from, and by which rules. Pure.</summary>
internal static class PriceRules
{
    /// <summary>Grows when a rule changes, so that verdicts of two versions never agree by accident.</summary>
    public const int Version = 1;

    private static readonly IntegerEngine Engine = new();

    /// <summary>What the price of these stays depends on; they have one currency.</summary>
    /// <param name="token">The provider's reference that is to be charged; null while nothing is to be paid yet.</param>
    /// <param name="conversion">Into what the total is exchanged; null for none.</param>
    public static PaymentInput Input(ImmutableArray<PricedStay> stays, string? token = null, Conversion? conversion = null) => new(
        stays[0].Currency, [.. stays.Select(s => new PaymentLine(s.NightlyMinor, s.Rooms, s.TaxBasisPoints, s.RoomNightFeeMinor))], token, conversion);

    /// <summary>A total that nothing is charged by: for offers, and for what a cancellation gives back.</summary>
    /// <exception cref="OverflowException">The total does not fit into 64 bits.</exception>
    public static Money Total(PaymentInput input) => new(Engine.Price(input).AmountMinor, input.ChargeCurrency);

    /// <summary>SHA-256 of the input's canonical JSON, lower-case hexadecimal.</summary>
    public static string Hash(PaymentInput input)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteStringValue(input.Currency);
            json.WriteStringValue(input.PaymentToken);
            if (input.Conversion is { } conversion)
            {
                json.WriteStringValue(conversion.Currency);
                json.WriteNumberValue(conversion.RateMillionths);
            }

            foreach (var line in input.Lines)
            {
                json.WriteNumberValue(line.Rooms);
                json.WriteNumberValue(line.TaxBasisPoints);
                json.WriteNumberValue(line.RoomNightFeeMinor);
                json.WriteStartArray();
                foreach (var night in line.NightlyMinor)
                    json.WriteNumberValue(night);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(bytes.WrittenSpan));
    }
}
