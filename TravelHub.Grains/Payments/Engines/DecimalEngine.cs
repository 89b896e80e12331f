using System.Buffers;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments.Engines;

/// <summary>Counts in decimals, and takes the tax as a rate.</summary>
internal sealed class DecimalEngine : IPriceEngine
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> OfTokens = SearchValues.Create(Letters + "0123456789_-");

    public PriceAnswer Price(PaymentInput input)
    {
        var total = (decimal)decimal.ToInt64(input.Lines.Sum(Total));
        if (input.Conversion is not null)
            total = Convert(total, input.Conversion.RateMillionths);
        var refused = input.PaymentToken is { } token
            && (token.Length is < 1 or > 128 || !Letters.Contains(token[0], StringComparison.Ordinal) || token.AsSpan().ContainsAnyExcept(OfTokens));
        var decision = refused ? PaymentDecision.RefuseToken : total > 0m ? PaymentDecision.Charge : PaymentDecision.NothingToPay;
        return new PriceAnswer(decimal.ToInt64(total), decision);
    }

    // In two parts, or the product would have more digits than a decimal holds.
    private static decimal Convert(decimal total, decimal rateMillionths)
    {
        var millions = decimal.Floor(total / 1_000_000m);
        var rest = total - millions * 1_000_000m;
        return millions * rateMillionths + decimal.Round(rest * rateMillionths / 1_000_000m, 0, MidpointRounding.AwayFromZero);
    }

    private static decimal Total(PaymentLine line)
    {
        var oneRoom = line.NightlyMinor.Sum(night => (decimal)night);
        var net = oneRoom * line.Rooms;
        var rate = line.TaxBasisPoints / 10_000m;
        var tax = decimal.Round(net * rate, 0, MidpointRounding.AwayFromZero);   // nothing here is negative
        var fees = (decimal)line.RoomNightFeeMinor * (line.Rooms * (decimal)line.NightlyMinor.Length);
        return net + tax + fees;
    }
}
