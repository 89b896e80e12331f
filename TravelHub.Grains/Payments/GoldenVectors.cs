using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>Inputs whose verdicts were worked out by hand: what a replica must know that wants its vote back.</summary>
internal static class GoldenVectors
{
    public static readonly ImmutableArray<(PaymentInput Input, long AmountMinor, PaymentDecision Decision)> All =
    [
        Vector(36_000, PaymentDecision.Charge, "tok_ok", 0, 0, 1, 12_000, 12_000, 12_000),
        Vector(353, PaymentDecision.Charge, "tok_ok", 600, 0, 1, 333),             // 19.98 of tax
        Vector(28, PaymentDecision.Charge, "tok_ok", 1_000, 0, 1, 25),             // 2.5 is rounded up
        Vector(27, PaymentDecision.Charge, "tok_ok", 999, 0, 1, 25),               // 2.4975 is not
        Vector(10_700, PaymentDecision.Charge, "tok_ok", 700, 0, 2, 2_500, 2_500),
        Vector(11_500, PaymentDecision.Charge, "tok_ok", 700, 200, 2, 2_500, 2_500),   // the fee is not taxed
        Vector(800, PaymentDecision.Charge, "tok_ok", 700, 200, 2, 0, 0),
        Vector(0, PaymentDecision.NothingToPay, "tok_ok", 700, 0, 2, 0, 0),
        Vector(0, PaymentDecision.NothingToPay, null, 0, 0, 1),
        Vector(100, PaymentDecision.Charge, null, 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "", 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "4242424242424242", 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "_tok", 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "tok ok", 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "tok_ok\n", 0, 0, 1, 100),
        Vector(100, PaymentDecision.RefuseToken, "tök", 0, 0, 1, 100),
        Vector(0, PaymentDecision.RefuseToken, "4", 0, 0, 1, 0),
    ];

    public static readonly ImmutableArray<PaymentInput> Inputs = [.. All.Select(v => v.Input)];

    public static readonly ImmutableArray<Verdict?> Verdicts =
        [.. All.Select(v => new Verdict(v.AmountMinor, v.Input.Currency, PriceRules.Version, PriceRules.Hash(v.Input), v.Decision))];

    private static (PaymentInput, long, PaymentDecision) Vector(
        long amountMinor, PaymentDecision decision, string? token, int taxBasisPoints, long fee, int rooms, params long[] nightlyMinor) =>
        (new PaymentInput("EUR", [new PaymentLine([.. nightlyMinor], rooms, taxBasisPoints, fee)], token), amountMinor, decision);
}
