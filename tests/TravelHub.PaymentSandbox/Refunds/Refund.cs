using System.Diagnostics.CodeAnalysis;
using TravelHub.PaymentSandbox.Ledger;

namespace TravelHub.PaymentSandbox.Refunds;

/// <summary>Money given back on a charge. A repeat under the same id must ask for exactly this.</summary>
internal sealed record Refund(string RefundId, string ChargeId, long AmountMinor, string Currency);

/// <summary>The body of a refund, before anything about it is known to be right.</summary>
internal sealed record RefundRequest(string? ChargeId, long? AmountMinor, string? Currency)
{
    /// <summary>Names the first thing that is wrong, or gives the refund.</summary>
    public bool TryRead(string refundId, [NotNullWhen(true)] out Refund? refund, [NotNullWhen(false)] out string? wrong)
    {
        wrong = Limits.Word("refundId", refundId)
            ?? Limits.Word("chargeId", ChargeId)
            ?? Limits.Amount(AmountMinor)
            ?? Limits.Currency(Currency);
        refund = wrong is null ? new Refund(refundId, ChargeId!, AmountMinor!.Value, Currency!) : null;
        return refund is not null;
    }
}

/// <summary>A refund as the caller sees it.</summary>
internal sealed record RefundAnswer(string RefundId, string ChargeId, string Status, long AmountMinor, string Currency)
{
    public static RefundAnswer Of(Refund refund) => new(refund.RefundId, refund.ChargeId, "refunded", refund.AmountMinor, refund.Currency);
}
