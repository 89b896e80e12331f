using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments.Engines;

/// <summary>Counts in whole minor units, 128 bits wide.</summary>
internal sealed class IntegerEngine : IPriceEngine
{
    private const int BasisPointsOfWhole = 10_000;
    private const int Million = 1_000_000;

    public PriceAnswer Price(PaymentInput input)
    {
        Int128 total = 0;
        foreach (var line in input.Lines)
        {
            Int128 net = 0;
            foreach (var night in line.NightlyMinor)
                net += (Int128)night * line.Rooms;
            total += net + (net * line.TaxBasisPoints + BasisPointsOfWhole / 2) / BasisPointsOfWhole;
            total += (Int128)line.RoomNightFeeMinor * line.Rooms * line.NightlyMinor.Length;
        }

        if (input.Conversion is { RateMillionths: var rate })
            total = ((Int128)checked((long)total) * rate + Million / 2) / Million;
        var amountMinor = checked((long)total);
        return new PriceAnswer(amountMinor, Decide(input.PaymentToken, amountMinor));
    }

    private static PaymentDecision Decide(string? token, long amountMinor)
    {
        if (token is not null && !IsToken(token))
            return PaymentDecision.RefuseToken;
        return amountMinor == 0 ? PaymentDecision.NothingToPay : PaymentDecision.Charge;
    }

    private static bool IsToken(string token)
    {
        if (token.Length is 0 or > 128 || !char.IsAsciiLetter(token[0]))
            return false;
        foreach (var c in token)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_' && c != '-')
                return false;
        }

        return true;
    }
}
