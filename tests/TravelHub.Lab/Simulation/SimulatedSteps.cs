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
        ReservationStep.FinishCancellation => Simply(new ReservationEvent.Cancelled()),
        _ => Simply(new ReservationEvent.Lapsed()),
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
            var chargeId = ChargeId();
            if (world.Provider.Void(chargeId, memory.Id, Currency) is VoidOutcome.Captured(var amount))
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
        var (chargeId, total, attempt) = (ChargeId(), Total(), memory.State.Attempt);
        var isDeclined = (memory.Id.GetHashCode() + attempt) % 4 == 0;
        yield return 0;
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
        var chargeId = ChargeId();
        if (!memory.Write())
            yield break;
        yield return 0;
        var captured = world.Provider.Void(chargeId, memory.Id, Currency) is VoidOutcome.Captured(var amount) ? amount : (Money?)null;
        yield return 0;
        if (!world.Happens(0.1))
            memory.Commit(ReservationMachine.Voided(memory.State, captured, chargeId));
    }

    private IEnumerable<int> ConfirmPaid()
    {
        var placed = new List<HoldOutcome?>();
        foreach (var part in Hold(placed))
            yield return part;
        if (!placed.Contains(null) && memory.State is { Phase: ReservationPhase.Pending })
            memory.Commit(ReservationMachine.ConfirmPaid(memory.State, areRoomsHeld: placed.TrueForAll(outcome => outcome is HoldOutcome.Held)));
    }

    private IEnumerable<int> Refund()
    {
        if (!memory.Write())
            yield break;
        var amount = memory.State.Payment!.Amount with { AmountMinor = memory.State.RefundMinor };
        var refundId = world.Bug == SimulationBug.NewRefundId ? $"{memory.Id:N}-refund-{world.Now.Ticks}-{_tries++}" : $"{memory.Id:N}-refund";
        yield return 0;
        world.Provider.Refund(refundId, memory.State.Payment.ChargeId!, amount);
        yield return 0;
        if (!world.Happens(0.1))
            memory.Commit([new ReservationEvent.Refunded(refundId, amount)]);
    }

    private IEnumerable<int> Simply(ReservationEvent happened)
    {
        yield return 0;
        if (ReservationMachine.Next(memory.State, world.Now) is ReservationStep.FinishCancellation or ReservationStep.Lapse)
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

    private string ChargeId() => world.Bug == SimulationBug.NewChargeId ? $"{memory.Id:N}-{memory.State.Attempt}-{world.Now.Ticks}-{_tries++}" : $"{memory.Id:N}-{memory.State.Attempt}";
}
