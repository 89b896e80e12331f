using CsCheck;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;
using static TravelHub.Grains.Tests.Reservations.SampleReservations;

namespace TravelHub.Grains.Tests.Reservations;

public sealed class ReservationWorldsTests
{
    /// <summary>
    /// Whatever the outside answers, and whenever a customer cancels, pays again or the time runs out: a reservation comes to its end, what it captured is
    /// given back if it is not confirmed, and a replay of its events tells the same.
    /// </summary>
    [Fact]
    public void Next_RandomWorlds_AlwaysComesToAnEnd()
    {
        Gen.Select(Gen.Bool, Gen.Int[1, 3], Gen.Int[0, 4].Array[40], Gen.Int[0, 9].Array[40]).Sample((isHold, stays, answers, customer) =>
        {
            var now = Now;
            var state = Requested(isHold ? BookingMode.Hold : BookingMode.Book, stays);
            var stream = new List<ReservationEvent> { state.Request! };
            for (var i = 0; i < answers.Length; i++)
            {
                var events = ReservationMachine.Next(state, now) is var step and not ReservationStep.Rest
                    ? Take(step, state, answers[i])
                    : [];
                state = Evolve(state, events);
                stream.AddRange(events);
                (now, events) = Customer(customer[i], state, now);
                state = Evolve(state, events);
                stream.AddRange(events);
            }

            for (var i = 0; ReservationMachine.WakeAt(state, now, Lifetime) is not null; i++)
            {
                Assert.True(i < 20, $"still {state.Phase}");
                now = now.AddHours(1);
                var events = Take(ReservationMachine.Next(state, now), state, answer: 0);
                state = Evolve(state, events);
                stream.AddRange(events);
            }

            var isKept = state.Payment is { Status: PaymentStatus.Captured };
            Assert.True(!isKept || state.Phase == ReservationPhase.Confirmed, $"{state.Phase} keeps {state.Payment}");   // every cancellation is free here
            if (state.Payment is { Status: PaymentStatus.Refunded, Refunded: var refunded })
                Assert.Equal(Total, refunded);
            Assert.Equal(state.Version, stream.Count);
            var replayed = Evolve(new ReservationState(state.Id), [.. stream]);
            Assert.Equal((state.Phase, state.Payment, state.Attempt), (replayed.Phase, replayed.Payment, replayed.Attempt));
        });
    }

    private static ReservationEvent[] Take(ReservationStep step, ReservationState state, int answer) => step switch
    {
        ReservationStep.SecureRooms when answer == 1 => ReservationMachine.RoomsSecured(state, (0, new HoldOutcome.SoldOut(default, 0)), default),
        ReservationStep.SecureRooms when ReservationMachine.RoomsSecured(state, null, Total) is { Length: > 0 } held => held,
        ReservationStep.SecureRooms or ReservationStep.Charge => ReservationMachine.CanCharge(state) ? answer switch
        {
            2 => ReservationMachine.Charged(state, new ChargeOutcome.Declined("no"), "c", Total, 3),
            3 => [],   // unknown: repeated
            _ => ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total, 3),
        } : [],
        ReservationStep.Void => ReservationMachine.Voided(state, answer >= 3 ? Total : null, "c"),
        ReservationStep.ConfirmPaid => ReservationMachine.ConfirmPaid(state, areRoomsHeld: answer != 1),
        ReservationStep.Refund => [new ReservationEvent.Refunded("r", Total with { AmountMinor = state.RefundMinor })],
        ReservationStep.FinishCancellation => [new ReservationEvent.Cancelled()],
        ReservationStep.Lapse => [new ReservationEvent.Lapsed()],
        _ => [],
    };

    private static (DateTimeOffset, ReservationEvent[]) Customer(int does, ReservationState state, DateTimeOffset now) => does switch
    {
        0 => (now, ReservationMachine.Cancel(state, now, _ => Total.AmountMinor / state.Request!.Stays.Length).Events),
        1 => (now, ReservationMachine.StartPayment(state, new PayCommand("ann", $"key {state.Version}", "tok_ok")).Events),
        2 => (now.AddMinutes(6), []),
        _ => (now, []),
    };
}
