using System.Diagnostics.CodeAnalysis;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Charges;

/// <summary>The body of a charge, before anything about it is known to be right.</summary>
internal sealed record ChargeRequest(long? AmountMinor, string? Currency, string? Token, string? Reference)
{
    /// <summary>Names the first thing that is wrong, or gives the terms.</summary>
    public bool TryRead([NotNullWhen(true)] out ChargeTerms? terms, [NotNullWhen(false)] out string? wrong)
    {
        wrong = Limits.Amount(AmountMinor)
            ?? Limits.Currency(Currency)
            ?? Limits.Word("token", Token)
            ?? Limits.Word("reference", Reference);
        terms = wrong is null ? new ChargeTerms(AmountMinor!.Value, Currency!, Token!, Reference!) : null;
        return terms is not null;
    }
}

/// <summary>A charge as the caller sees it: never its token. The terms are absent when there are none.</summary>
internal sealed record ChargeAnswer(
    string ChargeId, string Status, long? AmountMinor, string? Currency, string? Reference, string? Reason)
{
    public static ChargeAnswer Of(Charge charge) => new(
        charge.ChargeId, charge.Status, charge.Terms?.AmountMinor, charge.Terms?.Currency, charge.Terms?.Reference, charge.Reason);

    /// <summary>The answer to a void: the terms matter only when the charge stands and has to be refunded.</summary>
    public static ChargeAnswer OfVoid(Charge charge) => charge.Status == ChargeStatus.Voided
        ? new(charge.ChargeId, charge.Status, null, null, null, null)
        : Of(charge);
}
