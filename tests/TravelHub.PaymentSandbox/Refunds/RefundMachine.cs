using TravelHub.PaymentSandbox.Charges;

namespace TravelHub.PaymentSandbox.Refunds;

/// <summary>What became of a refund. A refusal is an answer, not an error.</summary>
internal abstract record RefundOutcome
{
    /// <summary>The refund as it stands. <paramref name="Changed"/>: this very request made it so, and it has to be written.</summary>
    public sealed record Stands(Refund Refund, bool Changed) : RefundOutcome;

    /// <summary>Nothing was given back by this request.</summary>
    public sealed record Refused(string Code, string Detail) : RefundOutcome;
}

/// <summary>Decides about refunds, and nothing else: no clock, no storage, no waiting.</summary>
internal static class RefundMachine
{
    /// <summary>Invariant: all refunds of a charge together never exceed what it captured.</summary>
    /// <param name="known">The refund already kept under this id.</param>
    /// <param name="charge">The charge that the refund names.</param>
    /// <param name="refundedMinor">What was given back on that charge so far.</param>
    /// <param name="asked">The refund asked for.</param>
    public static RefundOutcome Refund(Refund? known, Charge? charge, long refundedMinor, Refund asked)
    {
        if (known is not null)
            return known == asked
                ? new RefundOutcome.Stands(known, Changed: false)
                : new RefundOutcome.Refused("refund-mismatch", "This refund id was used with another charge, amount or currency.");
        if (charge is not { Status: ChargeStatus.Captured, Terms: { } terms })
            return new RefundOutcome.Refused("charge-not-captured", "Nothing was captured under this charge id.");
        if (terms.Currency != asked.Currency)
            return new RefundOutcome.Refused("refund-mismatch", $"The charge was captured in {terms.Currency}.");

        var leftMinor = terms.AmountMinor - refundedMinor;
        return asked.AmountMinor <= leftMinor
            ? new RefundOutcome.Stands(asked, Changed: true)
            : new RefundOutcome.Refused("refund-exceeds-charge", $"Of this charge {leftMinor} minor units are left to refund.");
    }
}
