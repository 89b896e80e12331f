namespace TravelHub.PaymentSandbox.Charges;

/// <summary>What the ledger knows under a charge id. The terms are null when the id was voided before any charge arrived.</summary>
internal sealed record Charge(string ChargeId, string Status, ChargeTerms? Terms, string? Reason);

/// <summary>What was asked for: a repeat under the same id must ask for exactly this.</summary>
internal sealed record ChargeTerms(long AmountMinor, string Currency, string Token, string Reference);

/// <summary>The states of a charge, in the words of the wire and of the store.</summary>
internal static class ChargeStatus
{
    public const string Captured = "captured";
    public const string Declined = "declined";
    public const string Voided = "voided";
}

/// <summary>Tokens that stand for a customer's means of payment. Every other token is declined.</summary>
internal static class SandboxToken
{
    public const string Ok = "tok_ok";
    public const string Declined = "tok_declined";

    /// <summary>Captures late, as a provider under load does.</summary>
    public const string Slow = "tok_slow";

    /// <summary>Captures, but keeps the first answer back: the caller is left not knowing.</summary>
    public const string TimeoutAfterCommit = "tok_timeout_after_commit";
}
