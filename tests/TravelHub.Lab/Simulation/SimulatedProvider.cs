using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;

namespace TravelHub.Lab.Simulation;

/// <summary>The payment provider: each id has one outcome for ever.</summary>
internal sealed class SimulatedProvider(SimulationBug bug)
{
    private readonly Dictionary<string, Booked> _charges = [];
    private readonly Dictionary<string, (string ChargeId, long AmountMinor)> _refunds = [];

    public ChargeOutcome Charge(string chargeId, Guid reservation, Money amount, bool isDeclined)
    {
        if (!_charges.TryGetValue(chargeId, out var charge))
            _charges[chargeId] = charge = new Booked(reservation, amount.AmountMinor, isDeclined ? new ChargeOutcome.Declined("declined") : new ChargeOutcome.Captured());
        else if (charge.Outcome is ChargeOutcome.Captured && charge.AmountMinor != amount.AmountMinor)
            throw new SimulationFailure($"charge {chargeId} is asked for {amount.AmountMinor}, and was {charge.AmountMinor}");
        return charge.Outcome;
    }

    public VoidOutcome Void(string chargeId, Guid reservation, string currency)
    {
        if (_charges.TryGetValue(chargeId, out var charge) && charge.Outcome is ChargeOutcome.Captured)
            return new VoidOutcome.Captured(new Money(charge.AmountMinor, currency));
        if (bug != SimulationBug.ForgetfulVoid)
            _charges[chargeId] = new Booked(reservation, 0, new ChargeOutcome.Voided());
        return new VoidOutcome.Voided();
    }

    public void Refund(string refundId, string chargeId, Money amount) => _refunds.TryAdd(refundId, (chargeId, amount.AmountMinor));

    /// <summary>What was captured of a reservation, and given back.</summary>
    public (int Captures, long CapturedMinor, long RefundedMinor) Of(Guid reservation)
    {
        var captured = _charges.Where(c => c.Value.Reservation == reservation && c.Value.Outcome is ChargeOutcome.Captured).ToList();
        return (captured.Count, captured.Sum(c => c.Value.AmountMinor), _refunds.Values.Where(r => captured.Exists(c => c.Key == r.ChargeId)).Sum(r => r.AmountMinor));
    }

    private sealed record Booked(Guid Reservation, long AmountMinor, ChargeOutcome Outcome);
}
