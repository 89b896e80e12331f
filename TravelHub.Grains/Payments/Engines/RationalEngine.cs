using System.Numerics;
using System.Text.RegularExpressions;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments.Engines;

/// <summary>Counts in exact fractions of any size: numerators over 20,000, so that a half is a whole number too.</summary>
internal sealed partial class RationalEngine : IPriceEngine
{
    private static readonly BigInteger Whole = 20_000;

    public PriceAnswer Price(PaymentInput input)
    {
        var amount = BigInteger.Zero;
        for (var i = 0; i < input.Lines.Length; i++)
        {
            var (nightly, rooms, basisPoints, fee) = input.Lines[i];
            var net = nightly.Aggregate(BigInteger.Zero, (sum, night) => sum + night) * rooms;
            amount += Round(net * (10_000 + basisPoints) * 2) + new BigInteger(fee) * rooms * nightly.Length;
        }

        if (input.Conversion is { } exchange)
            amount = (2 * new BigInteger((long)amount) * exchange.RateMillionths / 1_000_000 + 1) / 2;   // the half that is cut off twice would have been rounded up
        var decision = (Refuses(input.PaymentToken), amount.IsZero) switch
        {
            (true, _) => PaymentDecision.RefuseToken,
            (false, true) => PaymentDecision.NothingToPay,
            (false, false) => PaymentDecision.Charge,
        };
        return new PriceAnswer((long)amount, decision);
    }

    // Net and tax are rounded together: net is whole, so it does not move where the tax is cut.
    private static BigInteger Round(BigInteger numerator)
    {
        var whole = BigInteger.DivRem(numerator, Whole, out var rest);
        return rest * 2 >= Whole ? whole + 1 : whole;
    }

    private static bool Refuses(string? token) => token is not null && !Token().IsMatch(token);

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_-]{0,127}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
