using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;
using static TravelHub.Grains.Tests.Reservations.SampleReservations;

namespace TravelHub.Grains.Tests.Reservations;

public sealed class ReservationMachineTests
{
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

    /// <summary>Its rooms were asked for, and a cancellation came before they answered: that stands.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ConfirmPaid_CancelledMeanwhile_ChangesNothing(bool areRoomsHeld)
    {
        var state = Requested(BookingMode.Book);
        state = Evolve(state, ReservationMachine.Voided(state, captured: Total, "c"));
        state = Evolve(state, Cancel(state).Events);

        Assert.Empty(ReservationMachine.ConfirmPaid(state, areRoomsHeld));
        Assert.Equal(ReservationStep.Refund, ReservationMachine.Next(state, Now));
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
    public void Cancel_StayIsOverEverywhere_IsRefused()
    {
        var over = new DateTimeOffset(2030, 1, 13, 12, 0, 0, TimeSpan.Zero);   // before that it is still the 12th somewhere

        Assert.Equal("stay-over", ReservationMachine.Cancel(Confirmed(), over, _ => 1).Why!.Code);
        Assert.Null(ReservationMachine.Cancel(Confirmed(), over.AddTicks(-1), _ => 1).Why);
    }

    /// <summary>The first stay was slept through; the second, a year later, is free to cancel still.</summary>
    [Fact]
    public void Cancel_OneOfTwoStaysIsOver_GivesNothingBackOfThatOne()
    {
        var state = Requested(BookingMode.Book, stays: 2);
        var first = state.Request!.Stays[0];
        var later = first with { Nights = new Nights(first.Nights.CheckIn.AddYears(1), first.Nights.CheckOut.AddYears(1)), FreeUntil = first.FreeUntil.AddYears(1) };
        state = state with { Request = state.Request with { Stays = [first, later] } };
        state = Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total with { AmountMinor = 72_000 }, agreeingVotes: 3));

        var (_, events) = ReservationMachine.Cancel(state, new DateTimeOffset(2030, 2, 1, 0, 0, 0, TimeSpan.Zero), _ => Total.AmountMinor);

        Assert.Equal(new ReservationEvent.CancelRequested(36_000), Assert.Single(events));
    }

    /// <summary>40 % of what was paid, whatever the price would have been.</summary>
    [Theory]
    [InlineData(18_000, 7_200)]
    [InlineData(72_000, 28_800)]
    [InlineData(0, 0)]
    public void Cancel_LateAfterAnOperatorsRuling_GivesBackItsPartOfWhatWasPaid(long ruledMinor, long refundMinor)
    {
        var ruled = Total with { AmountMinor = ruledMinor };
        var state = Evolve(Requested(BookingMode.Book), [new ReservationEvent.VoteDisputed(), new ReservationEvent.TotalResolved(ruled, "ann")]);
        state = Evolve(state, ruledMinor > 0 ? ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", ruled, agreeingVotes: 0) : ReservationMachine.NothingToPay(state, ruled));

        var (_, events) = ReservationMachine.Cancel(state, state.Request!.Stays[0].FreeUntil, _ => Total.AmountMinor);

        Assert.Equal(new ReservationEvent.CancelRequested(refundMinor), Assert.Single(events));
    }

    /// <summary>A vote that fails again after one that did not is another dispute, for operators to see.</summary>
    [Fact]
    public void VoteFailed_AgainAfterTheRoomsWereHeld_IsDisputedAnew()
    {
        var state = Requested(BookingMode.Hold);
        state = Evolve(state, ReservationMachine.VoteFailed(state));
        state = Evolve(state, ReservationMachine.RoomsSecured(state, soldOut: null, Total));
        state = Evolve(state, ReservationMachine.StartPayment(state, new PayCommand("ann", "key 2", "tok_ok")).Events);
        Assert.Equal("not-disputed", ReservationMachine.Resolve(state, Total, "ann").Why!.Code);

        state = Evolve(state, ReservationMachine.VoteFailed(state));

        Assert.Equal(ReservationState.NoMajority, state.Reason);
        Assert.Null(ReservationMachine.Resolve(state, Total, "ann").Why);
    }

    [Fact]
    public void TokenRefused_OpenAttempt_IsDeclinedUncharged()
    {
        var state = Requested(BookingMode.Book);

        state = Evolve(state, ReservationMachine.TokenRefused(state, Total));

        Assert.Equal((ReservationPhase.Declined, false, false), (state.Phase, state.IsAttemptOpen, state.IsCaptured));
        Assert.Equal(ReservationStep.Rest, ReservationMachine.Next(state, Now));
    }

    /// <summary>As when an activation that is gone had found no rooms: its time is not up, and it is held.</summary>
    [Fact]
    public void Charged_WhatAnotherActivationHasVoided_CanBePaidForAgain()
    {
        var state = Requested(BookingMode.Book);

        state = Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Voided(), "c", Total, agreeingVotes: 3));

        Assert.Equal((ReservationPhase.Declined, "payment-stopped", HoldFate.Keep), (state.Phase, state.Reason, ReservationMachine.Rule(state).Fate));
        Assert.Null(ReservationMachine.StartPayment(state, new PayCommand("ann", "key 2", "tok_ok")).Why);
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

    private static (Abstractions.Refusal? Why, ReservationEvent[] Events) Cancel(ReservationState state) =>
        ReservationMachine.Cancel(state, Now, _ => Total.AmountMinor);
}
