namespace TravelHub.PaymentSandbox.Charges;

/// <summary>Decides about charges, and nothing else: no clock, no storage, no waiting.</summary>
internal static class ChargeMachine
{
    /// <summary>Invariant: a charge id is captured at most once, and never after it was voided.</summary>
    public static ChargeOutcome Charge(Charge? known, string chargeId, ChargeTerms asked)
    {
        if (known is null)
            return new ChargeOutcome.Stands(Decide(chargeId, asked), Changed: true);
        if (known.Status == ChargeStatus.Voided)
            return new ChargeOutcome.Refused("charge-voided", "This charge id was voided; it can never be charged.");
        if (known.Terms != asked)
            return new ChargeOutcome.Refused(
                "charge-mismatch", "This charge id was used with another amount, currency, token or reference.");
        return new ChargeOutcome.Stands(known, Changed: false);
    }

    /// <summary>Blocks the id, also when it was never seen: a charge that is still on its way must find it voided.</summary>
    public static ChargeOutcome.Stands Void(Charge? known, string chargeId) => known?.Status switch
    {
        ChargeStatus.Captured or ChargeStatus.Voided => new(known, Changed: false),
        ChargeStatus.Declined => new(known with { Status = ChargeStatus.Voided }, Changed: true),
        _ => new(new Charge(chargeId, ChargeStatus.Voided, Terms: null, Reason: null), Changed: true),
    };

    private static Charge Decide(string chargeId, ChargeTerms asked) => asked.Token switch
    {
        SandboxToken.Ok or SandboxToken.Slow or SandboxToken.TimeoutAfterCommit =>
            new(chargeId, ChargeStatus.Captured, asked, Reason: null),
        SandboxToken.Declined => new(chargeId, ChargeStatus.Declined, asked, "card-declined"),
        _ => new(chargeId, ChargeStatus.Declined, asked, "unknown-token"),
    };
}
