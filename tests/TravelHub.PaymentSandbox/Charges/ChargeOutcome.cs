namespace TravelHub.PaymentSandbox.Charges;

/// <summary>What became of a charge or void. A refusal is an answer, not an error.</summary>
internal abstract record ChargeOutcome
{
    /// <summary>The charge as it stands. <paramref name="Changed"/>: this very request made it so, and it has to be written.</summary>
    public sealed record Stands(Charge Charge, bool Changed) : ChargeOutcome;

    /// <summary>The id already means something else.</summary>
    public sealed record Refused(string Code, string Detail) : ChargeOutcome;
}
