using CsCheck;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.Reservations;

public sealed class ReservationMachineTests
{
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    private static readonly Money Total = new(36_000, "EUR");

    [Fact]
    public void Next_BookedStay_SecuresRoomsThenRestsConfirmed()
    {
        var state = Requested(BookingMode.Book);
        Assert.Equal(ReservationStep.SecureRooms, ReservationMachine.Next(state, Now));
        Assert.Empty(ReservationMachine.RoomsSecured(state, soldOut: null, Total));   // one stay: charged in the same breath

        state = Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total, agreeingVotes: 3));

        Assert.Equal(ReservationPhase.Confirmed, state.Phase);
        Assert.Equal(ReservationStep.Rest, ReservationMachine.Next(state, Now));
        Assert.Equal(new HoldRuling(HoldFate.Sold, 3), ReservationMachine.Rule(state));
        Assert.Equal(ReservationStatus.Confirmed, state.Answers[ReservationState.BookingKey].Status);
    }

    [Fact]
    public void Next_SeveralStays_RecordsAllHoldsBeforeTheCharge()
    {
        var state = Requested(BookingMode.Book, stays: 2);

        state = Evolve(state, ReservationMachine.RoomsSecured(state, soldOut: null, Total));

        Assert.True(state.AreRoomsHeld);
        Assert.Equal(ReservationStep.Charge, ReservationMachine.Next(state, Now));
    }

    [Fact]
    public void Next_HeldAndOverdue_Lapses()
    {
        var state = Held();

        Assert.Equal(ReservationStep.Rest, ReservationMachine.Next(state, Now + Lifetime - TimeSpan.FromTicks(1)));
        Assert.Equal(ReservationStep.Lapse, ReservationMachine.Next(state, Now + Lifetime));
        Assert.Equal(HoldFate.Released, ReservationMachine.Rule(Evolve(state, [new ReservationEvent.Lapsed()])).Fate);
    }

    [Fact]
    public void Next_PaymentUnknownAndOverdue_VoidsBeforeItLapses()
    {
        var state = Requested(BookingMode.Book);
        Assert.Equal(ReservationStep.Void, ReservationMachine.Next(state, Now + Lifetime));

        state = Evolve(state, ReservationMachine.Voided(state, captured: null, "c"));

        Assert.Equal(ReservationStep.Lapse, ReservationMachine.Next(state, Now + Lifetime));
    }

    [Fact]
    public void Next_VoidFindsACapture_ConfirmsIfTheRoomsAreThere()
    {
        var state = Requested(BookingMode.Book);
        state = Evolve(state, ReservationMachine.Voided(state, captured: Total, "c"));
        Assert.Equal(ReservationStep.ConfirmPaid, ReservationMachine.Next(state, Now + Lifetime));

        Assert.Equal(ReservationPhase.Confirmed, Evolve(state, ReservationMachine.ConfirmPaid(state, areRoomsHeld: true)).Phase);
        var cancelling = Evolve(state, ReservationMachine.ConfirmPaid(state, areRoomsHeld: false));
        Assert.Equal((ReservationStep.Refund, Total.AmountMinor), (ReservationMachine.Next(cancelling, Now), cancelling.RefundMinor));
    }

    [Fact]
    public void Charged_CancelledMeanwhile_IsPaidThenRefundedInFull()
    {
        var state = Requested(BookingMode.Book);
        state = Evolve(state, Cancel(state).Events);
        state = Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total, agreeingVotes: 3));

        Assert.Equal(ReservationPhase.Cancelling, state.Phase);
        Assert.Equal((ReservationStep.Refund, Total.AmountMinor), (ReservationMachine.Next(state, Now), state.RefundMinor));
    }

    [Fact]
    public void Cancel_WhilePaymentIsUnknown_EndsAsVoid()
    {
        var state = Requested(BookingMode.Book);
        state = Evolve(state, Cancel(state).Events);
        Assert.Equal(ReservationStep.Void, ReservationMachine.Next(state, Now));

        state = Evolve(state, ReservationMachine.Voided(state, captured: null, "c"));

        Assert.Equal(ReservationStep.FinishCancellation, ReservationMachine.Next(state, Now));
    }

    [Theory]
    [InlineData(-1, 36_000)]
    [InlineData(0, 14_400)]
    public void Cancel_Confirmed_GivesBackByTheFrozenPolicy(int secondsAfterDeadline, long refundMinor)
    {
        var state = Confirmed();
        var at = state.Request!.Stays[0].FreeUntil.AddSeconds(secondsAfterDeadline);

        var (why, events) = ReservationMachine.Cancel(state, at, _ => Total.AmountMinor);

        Assert.Null(why);
        Assert.Equal(new ReservationEvent.CancelRequested(refundMinor), Assert.Single(events));
    }

    [Fact]
    public void Cancel_StayIsOver_IsRefused() =>
        Assert.Equal("stay-over", ReservationMachine.Cancel(Confirmed(), new DateTimeOffset(2030, 1, 13, 0, 0, 0, TimeSpan.Zero), _ => 1).Why!.Code);

    [Fact]
    public void TokenRefused_OpenAttempt_IsDeclinedUncharged()
    {
        var state = Requested(BookingMode.Book);

        state = Evolve(state, ReservationMachine.TokenRefused(state, Total));

        Assert.Equal((ReservationPhase.Declined, false, false), (state.Phase, state.IsAttemptOpen, state.IsCaptured));
        Assert.Equal(ReservationStep.Rest, ReservationMachine.Next(state, Now));
    }

    [Fact]
    public void StartPayment_AfterDecline_IsAnotherAttempt()
    {
        var state = Requested(BookingMode.Book);
        state = Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Declined("no funds"), "c", Total, agreeingVotes: 3));
        Assert.Equal(ReservationPhase.Declined, state.Phase);
        Assert.Equal(HoldFate.Keep, ReservationMachine.Rule(state).Fate);

        var (why, events) = ReservationMachine.StartPayment(state, new PayCommand("ann", "key 2", "tok_ok"));
        state = Evolve(state, events);

        Assert.Null(why);
        Assert.Equal((2, ReservationStep.Charge), (state.Attempt, ReservationMachine.Next(state, Now)));
    }

    [Fact]
    public void StartPayment_Confirmed_IsRefused() =>
        Assert.Equal("not-payable", ReservationMachine.StartPayment(Confirmed(), new PayCommand("ann", "key 2", "tok_ok")).Why!.Code);

    [Fact]
    public void Evolve_PaidTwice_Throws() => Assert.Throws<InvalidOperationException>(() =>
        Evolve(Confirmed(), [new ReservationEvent.Paid(2, "d", Total, 3)]));

    [Fact]
    public void Evolve_BookingAnswered_KeepsTheAnswerAfterCancellation()
    {
        var state = Evolve(Confirmed(), [new ReservationEvent.CancelRequested(0), new ReservationEvent.Cancelled()]);

        Assert.Equal(ReservationStatus.Confirmed, state.Answers[ReservationState.BookingKey].Status);
        Assert.Equal(ReservationPhase.Cancelled, state.Phase);
    }

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
            Assert.True(!isKept || state.Phase == ReservationPhase.Confirmed || state.RefundMinor == 0, $"{state.Phase} keeps {state.Payment}");
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

    private static (Abstractions.Refusal? Why, ReservationEvent[] Events) Cancel(ReservationState state) =>
        ReservationMachine.Cancel(state, Now, _ => Total.AmountMinor);

    private static ReservationState Requested(BookingMode mode, int stays = 1)
    {
        var stay = new PricedStay(
            "casa", "STD", new Nights(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 13)), 1, 2, "EUR", [12_000, 12_000, 12_000], 0,
            new DateTimeOffset(2030, 1, 9, 18, 0, 0, TimeSpan.Zero), LateRefundPercent: 40);
        var command = new BookCommand("ann", "hash", mode, [], new Guest("Ann", "ann@example.com"), "tok_ok");
        return Evolve(
            new ReservationState(new Guid("00000000-0000-0000-0000-000000000001")),
            ReservationMachine.Request(command, [.. Enumerable.Repeat(stay, stays)], conversion: null, Guid.Empty, Now, Lifetime));
    }

    private static ReservationState Held()
    {
        var state = Requested(BookingMode.Hold);
        return Evolve(state, ReservationMachine.RoomsSecured(state, soldOut: null, Total));
    }

    private static ReservationState Confirmed()
    {
        var state = Requested(BookingMode.Book);
        return Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total, agreeingVotes: 3));
    }

    private static ReservationState Evolve(ReservationState state, ReservationEvent[] events) => events.Aggregate(state, ReservationHistory.Evolve);
}
