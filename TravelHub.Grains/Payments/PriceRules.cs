using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>How a total is computed from frozen inputs, in integer minor units. Pure.</summary>
internal static class PriceRules
{
    /// <summary>Grows when a rule changes, so that verdicts of two versions never agree by accident.</summary>
    public const int Version = 1;

    private const int BasisPointsOfWhole = 10_000;

    /// <summary>What the price of these stays depends on; they have one currency.</summary>
    public static PaymentInput Input(ImmutableArray<PricedStay> stays) => new(
        stays[0].Currency, [.. stays.Select(s => new PaymentLine(s.NightlyMinor, s.Rooms, s.TaxBasisPoints))]);

    /// <summary>Σ lines: nights × rooms, plus tax with half a minor unit rounded up.</summary>
    /// <exception cref="OverflowException">The total does not fit into 64 bits.</exception>
    public static Money Total(PaymentInput input)
    {
        var total = 0L;
        foreach (var line in input.Lines)
        {
            var net = 0L;
            foreach (var night in line.NightlyMinor)
                net += night * line.Rooms;
            total += net + (net * line.TaxBasisPoints + BasisPointsOfWhole / 2) / BasisPointsOfWhole;
        }

        return new Money(total, input.Currency);
    }

    /// <summary>SHA-256 of the input's canonical JSON, lower-case hexadecimal.</summary>
    public static string Hash(PaymentInput input)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            json.WriteStringValue(input.Currency);
            foreach (var line in input.Lines)
            {
                json.WriteNumberValue(line.Rooms);
                json.WriteNumberValue(line.TaxBasisPoints);
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
