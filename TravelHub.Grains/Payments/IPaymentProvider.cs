using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Moves money. Each call may be repeated under its id and has its effect once. Any exception means that the outcome is unknown: it ends by
/// repeating the identical call, or by <see cref="Void"/>.
/// </summary>
public interface IPaymentProvider
{
    /// <param name="chargeId">Names this attempt for ever.</param>
    /// <param name="amount">More than 0.</param>
    /// <param name="reference">The reservation's id, for the books.</param>
    Task<ChargeOutcome> Charge(string chargeId, Money amount, string token, string reference);

    /// <summary>Makes sure that a charge that was not captured never will be, also when its request arrives later.</summary>
    Task<VoidOutcome> Void(string chargeId);

    /// <param name="amount">More than 0; all refunds of a charge together never exceed it.</param>
    Task Refund(string refundId, string chargeId, Money amount);
}

/// <summary>What became of a charge.</summary>
public abstract record ChargeOutcome
{
    public sealed record Captured : ChargeOutcome;

    public sealed record Declined(string Reason) : ChargeOutcome;

    /// <summary>The charge was voided before; it can't capture anything.</summary>
    public sealed record Voided : ChargeOutcome;
}

/// <summary>What became of a void.</summary>
public abstract record VoidOutcome
{
    /// <summary>Nothing was captured, and nothing will be.</summary>
    public sealed record Voided : VoidOutcome;

    /// <summary>Too late: this was captured.</summary>
    public sealed record Captured(Money Amount) : VoidOutcome;
}
