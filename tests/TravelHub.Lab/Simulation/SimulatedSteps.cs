using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Lab.Simulation;

/// <summary>The steps of a reservation, in parts between which others come: what is asked of inventory and provider, and is lost on the way now and then.</summary>
internal sealed class SimulatedSteps(World world, SimulatedMemory memory)
{
    private const string Currency = "EUR";

    private int _tries;

    public IEnumerable<int> Take(ReservationStep step) => step switch
    {
        ReservationStep.SecureRooms => SecureRooms(),
        ReservationStep.Charge => Charge(),
        ReservationStep.Void => Void(),
        ReservationStep.ConfirmPaid => ConfirmPaid(),
        ReservationStep.Refund => Refund(),
        ReservationStep.FinishCancellation => Simply(step, new ReservationEvent.Cancelled()),
        _ => Simply(step, new ReservationEvent.Lapsed()),
    };

    private IEnumerable<int> SecureRooms()
    {
        var placed = new List<HoldOutcome?>();
        foreach (var part in Hold(placed))
            yield return part;
        if (!memory.Write() || placed.Contains(null))
            yield break;
        yield return 0;
        var first = placed.FindIndex(outcome => outcome is HoldOutcome.SoldOut);
        if (first < 0 && world.Happens(0.03))
        {
            memory.Commit(memory.State is { Phase: ReservationPhase.Pending, IsDisputed: true } ? [] : ReservationMachine.VoteFailed(memory.State));
            yield break;
        }

        if (first >= 0 && ReservationMachine.MayBeCharged(memory.State) && world.Bug != SimulationBug.UnvoidedSoldOut)
        {
            if (FindCapture(Charges()) is var (chargeId, amount))
            {
                memory.Commit(ReservationMachine.Voided(memory.State, amount, chargeId));
                yield break;
            }

            yield return 0;
        }

        var events = ReservationMachine.RoomsSecured(memory.State, first < 0 ? null : (first, (HoldOutcome.SoldOut)placed[first]!), Total());
        if (events.Length > 0)
        {
            memory.Commit(events);
            yield break;
        }

        foreach (var part in Charge())
            yield return part;
    }

    private IEnumerable<int> Charge()
    {
        if (!ReservationMachine.CanCharge(memory.State) || !memory.Write())
            yield break;
        var (charges, total) = (Charges(), memory.State.ResolvedTotal ?? Total());
        var (chargeId, isDeclined) = (charges[^1], (memory.Id.GetHashCode() + memory.State.Attempt) % 4 == 0);
        yield return 0;
        if (FindCapture(charges[..^1]) is var (earlier, amount))
        {
            memory.Commit(ReservationMachine.Voided(memory.State, amount, earlier));
            yield break;
        }

        if (total.AmountMinor == 0)
        {
            memory.Commit(ReservationMachine.NothingToPay(memory.State, total));
            yield break;
        }

        if (world.Happens(0.15))
        {
            // It is on its way, or lost: whoever asked does not know.
            if (world.Next(3) > 0)
                world.Spawn(ArriveLate(chargeId, total, isDeclined));
            yield break;
        }

        var outcome = world.Provider.Charge(chargeId, memory.Id, total, isDeclined);
        yield return 0;
        if (!world.Happens(0.1))
            memory.Commit(ReservationMachine.Charged(memory.State, outcome, chargeId, total, agreeingVotes: 3));
    }

    private IEnumerable<int> ArriveLate(string chargeId, Money total, bool isDeclined)
    {
        for (var wait = world.Next(30); wait > 0; wait--)
            yield return 0;
        world.Provider.Charge(chargeId, memory.Id, total, isDeclined);
    }

    private IEnumerable<int> Void()
    {
        if (!memory.Write())
            yield break;
        var charges = Charges();
        yield return 0;
        var found = FindCapture(charges);
        yield return 0;
        if (!world.Happens(0.1))
            memory.Commit(ReservationMachine.Voided(memory.State, found?.Amount, found?.ChargeId ?? charges[^1]));
    }

    private IEnumerable<int> ConfirmPaid()
    {
        var placed = new List<HoldOutcome?>();
        var before = memory.State;
        foreach (var part in Hold(placed))
            yield return part;
        if (placed.Contains(null))
            yield break;
        var known = world.Bug == SimulationBug.StaleConfirm ? before : memory.State;
        memory.Commit(ReservationMachine.ConfirmPaid(known, areRoomsHeld: placed.TrueForAll(outcome => outcome is HoldOutcome.Held)));
    }

    private IEnumerable<int> Refund()
    {
        if (world.Bug != SimulationBug.RefundBeforeDurable && !memory.Write())
            yield break;
        var amount = memory.State.Payment!.Amount with { AmountMinor = memory.State.RefundMinor };
        var refundId = world.Bug == SimulationBug.NewRefundId ? $"{memory.Id:N}-refund-{world.Now.Ticks}-{_tries++}" : $"{memory.Id:N}-refund";
        yield return 0;
        world.Provider.Refund(refundId, memory.State.Payment.ChargeId!, amount);
        yield return 0;
        if (!world.Happens(0.1))
            memory.Commit([new ReservationEvent.Refunded(refundId, amount)]);
    }

    private IEnumerable<int> Simply(ReservationStep step, ReservationEvent happened)
    {
        yield return 0;
        if (ReservationMachine.Next(memory.State, world.Now) == step)
            memory.Commit([happened]);
    }

    private IEnumerable<int> Hold(List<HoldOutcome?> placed)
    {
        var request = memory.State.Request!;
        for (var i = 0; i < request.Stays.Length; i++)
        {
            yield return 0;
            var stay = request.Stays[i];
            var outcome = world.Happens(0.05) ? null : world.Inventory(stay.InventoryKey()).PlaceHold(HoldOf(i), stay.Nights, stay.Rooms, request.HoldUntil);
            placed.Add(world.Happens(0.05) ? null : outcome);
        }
    }

    public void TellInventory()
    {
        var ruling = ReservationMachine.Rule(memory.State);
        if (ruling.Fate == HoldFate.Keep || memory.State.Request is not { } request)
            return;
        for (var stay = 0; stay < request.Stays.Length; stay++)
        {
            if (!world.Happens(0.2))
                world.Spawn(Tell(request.Stays[stay].InventoryKey(), HoldOf(stay), ruling));
        }
    }

    private IEnumerable<int> Tell(string key, HoldId hold, HoldRuling ruling)
    {
        for (var wait = world.Next(6); wait > 0; wait--)
            yield return 0;
        world.Inventory(key).Hear(hold, ruling);
    }

    private HoldId HoldOf(int stay) => world.Bug == SimulationBug.HoldsOfTheAbandoned ? new HoldId(memory.Id, stay) : memory.State.Hold(stay);

    private Money Total() => new(memory.State.Request!.Stays.Sum(stay => stay.NightlyMinor.Sum() * stay.Rooms), Currency);

    private string[] Charges() => world.Bug switch
    {
        SimulationBug.NewChargeId => [$"{memory.Id:N}-{memory.State.Attempt}-{world.Now.Ticks}-{_tries++}"],
        SimulationBug.RulingReplacesCharge => ReservationMachine.Charges(memory.State)[^1..],
        _ => ReservationMachine.Charges(memory.State),
    };

    private (string ChargeId, Money Amount)? FindCapture(string[] charges)
    {
        foreach (var charge in charges)
        {
            if (world.Provider.Void(charge, memory.Id, Currency) is VoidOutcome.Captured(var amount))
                return (charge, amount);
        }

        return null;
    }
}
