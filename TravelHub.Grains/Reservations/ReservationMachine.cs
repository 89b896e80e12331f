using System.Collections.Immutable;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Reservations;

/// <summary>What a reservation has to do next; each step may be repeated.</summary>
internal enum ReservationStep
{
    /// <summary>Nothing until a command or a deadline comes.</summary>
    Rest,

    /// <summary>Hold all stays and let the replicas vote on the total.</summary>
    SecureRooms,

    /// <summary>Charge the total of the vote for the open attempt.</summary>
    Charge,

    /// <summary>Make sure that the open attempt captures nothing, or learn that it has.</summary>
    Void,

    /// <summary>It is paid: make sure of the rooms, then confirm.</summary>
    ConfirmPaid,

    Refund,
    FinishCancellation,
    Lapse,
}

/// <summary>Decides about a reservation, and nothing else: no clock, no storage, no waiting.</summary>
internal static class ReservationMachine
{
    // Where a day begins last: 12 hours after it does in UTC.
    private static readonly TimeSpan FurthestBehind = TimeSpan.FromHours(12);

    /// <summary>What is to be done now. The same answer after a crash: the steps resume where the log ends.</summary>
    public static ReservationStep Next(ReservationState state, DateTimeOffset now)
    {
        var isOverdue = state.Request is { } request && request.HoldUntil <= now;
        return state.Phase switch
        {
            ReservationPhase.Pending when state.IsCaptured => ReservationStep.ConfirmPaid,
            ReservationPhase.Pending when isOverdue => state.IsAttemptOpen ? ReservationStep.Void : ReservationStep.Lapse,
            ReservationPhase.Pending when state.Attempt > 0 && !state.IsAttemptOpen => ReservationStep.Lapse,   // its attempt was voided
            ReservationPhase.Pending when !state.AreRoomsHeld => ReservationStep.SecureRooms,
            ReservationPhase.Pending => ReservationStep.Charge,
            ReservationPhase.Held or ReservationPhase.Declined when isOverdue => ReservationStep.Lapse,
            ReservationPhase.Cancelling when state.IsAttemptOpen => ReservationStep.Void,
            ReservationPhase.Cancelling when state.IsCaptured && state.RefundMinor > 0 => ReservationStep.Refund,
            ReservationPhase.Cancelling => ReservationStep.FinishCancellation,
            _ => ReservationStep.Rest,
        };
    }

    /// <summary>When somebody has to look at it again though nobody calls; null when it has ended.</summary>
    public static DateTimeOffset? WakeAt(ReservationState state, DateTimeOffset now, TimeSpan resumeAfter) => state.Phase switch
    {
        ReservationPhase.Pending or ReservationPhase.Cancelling => now + resumeAfter,
        ReservationPhase.Held or ReservationPhase.Declined => state.Request!.HoldUntil,
        _ => null,
    };

    /// <summary>What inventory is told of a hold.</summary>
    public static HoldRuling Rule(ReservationState state) => new(
        state.Phase switch
        {
            ReservationPhase.Confirmed => HoldFate.Sold,
            ReservationPhase.Cancelled or ReservationPhase.SoldOut or ReservationPhase.Lapsed => HoldFate.Released,
            _ => HoldFate.Keep,
        },
        state.Version);

    /// <summary>Whether a hold's request is not known, and may yet come: it has to be given up before the hold may end.</summary>
    public static bool MayYetCome(ReservationState state, int hold) => state.Request is null && hold / HoldId.PerRequest >= state.Abandoned;

    /// <summary>Gives up the request of a hold, and those before it, of which nothing may be known either; nothing when it can't come any more.</summary>
    public static ReservationEvent[] GiveUp(ReservationState state, int hold) => MayYetCome(state, hold)
        ? [.. Enumerable.Repeat(new ReservationEvent.Abandoned(), (hold / HoldId.PerRequest) + 1 - state.Abandoned)]
        : [];

    /// <summary>What an inventory is told that asks about a hold: one with other terms than the stay's was placed for a request that is not this one's.</summary>
    /// <param name="hold">As in <see cref="HoldId.Stay"/>.</param>
    public static HoldRuling Rule(ReservationState state, int hold, string inventory, Nights nights, int rooms)
    {
        var stay = hold - state.Hold(0).Stay;
        var isOurs = state.Request is { } request && stay >= 0 && stay < request.Stays.Length && request.Stays[stay] is var own
            && own.InventoryKey() == inventory && own.Nights == nights && own.Rooms == rooms;
        return isOurs ? Rule(state) : new HoldRuling(HoldFate.Released, state.Version);
    }

    public static ReservationEvent[] Request(
        BookCommand command, ImmutableArray<PricedStay> stays, Conversion? conversion, Guid guestId, DateTimeOffset now, TimeSpan holdLifetime) =>
    [
        new ReservationEvent.Requested(
            command.Owner, command.RequestHash, command.Mode, guestId, stays, now, now + holdLifetime,
            command.Mode == BookingMode.Book ? command.PaymentToken : null, conversion),
    ];

    /// <summary>All stays answered. Rooms that go on to be paid in the same breath need no event of their own when one hold is all.</summary>
    /// <param name="soldOut">The first stay that found no rooms, or null.</param>
    public static ReservationEvent[] RoomsSecured(ReservationState state, (int Stay, HoldOutcome.SoldOut Why)? soldOut, Money total)
    {
        if (state.Phase != ReservationPhase.Pending || state.AreRoomsHeld)
            return [];
        if (soldOut is { } no)
            return [new ReservationEvent.SoldOut(no.Stay, no.Why.Night, no.Why.Left)];
        return state.IsAttemptOpen && state.Request!.Stays.Length == 1 ? [] : [new ReservationEvent.RoomsHeld(total)];
    }

    /// <summary>Whether the open attempt may be charged without another event before it: what ends it otherwise must void it first.</summary>
    public static bool MayBeCharged(ReservationState state) => CanCharge(state) && (state.AreRoomsHeld || state.Request!.Stays.Length == 1);

    /// <summary>No three replicas agree. That is written once, for operators to see; then the vote is repeated.</summary>
    /// <exception cref="InvalidOperationException">It is written already: nothing new can be said, and the step is repeated.</exception>
    public static ReservationEvent[] VoteFailed(ReservationState state) => (state.Phase, state.IsDisputed) switch
    {
        (not ReservationPhase.Pending, _) => [],
        (_, false) => [new ReservationEvent.VoteDisputed()],
        _ => throw new InvalidOperationException("No three replicas agree on the total; nothing is charged."),
    };

    /// <summary>An operator says what is to be paid, because no three replicas do.</summary>
    public static (Refusal? Why, ReservationEvent[] Events) Resolve(ReservationState state, Money total, string by)
    {
        if (state.ResolvedTotal == total)
            return (null, []);   // the same word again
        if (state is not { Phase: ReservationPhase.Pending, IsDisputed: true, ResolvedTotal: null, IsCaptured: false })
            return (new Refusal("not-disputed", $"The reservation is {StatusOf(state)}: only one whose vote found no majority can be resolved, and once."), []);
        var currency = state.Request!.Conversion?.Currency ?? state.Request.Stays[0].Currency;
        if (total.Currency != currency || total.AmountMinor < 0)
            return (new Refusal("amount-not-possible", $"The total is an amount in {currency}, 0 or more."), []);
        return (null, [new ReservationEvent.TotalResolved(total, by)]);
    }

    /// <summary>The guest's personal data was erased; noted once.</summary>
    public static ReservationEvent[] NoteGuestErased(ReservationState state, string by, DateTimeOffset now) =>
        state is { Request: not null, GuestErasedAt: null } ? [new ReservationEvent.GuestErased(by, now)] : [];

    /// <summary>Begins another attempt.</summary>
    public static (Refusal? Why, ReservationEvent[] Events) StartPayment(ReservationState state, PayCommand command) => state.Phase switch
    {
        ReservationPhase.Held or ReservationPhase.Declined =>
            (null, [new ReservationEvent.PaymentStarted(state.Attempt + 1, command.AttemptKey, command.PaymentToken)]),
        ReservationPhase.Pending => (new Refusal("payment-under-way", "Another payment of this reservation is under way; wait for its outcome."), []),
        _ => (new Refusal("not-payable", $"The reservation is {StatusOf(state)}: only one that is held or declined can be paid."), []),
    };

    /// <summary>Whether the open attempt may be charged: its rooms are wanted still, and its time is not up.</summary>
    public static bool CanCharge(ReservationState state) => state.Phase == ReservationPhase.Pending && state.IsAttemptOpen;

    /// <summary>
    /// The ids under which the open attempt may be charged. An operator's ruling has one of its own, the last: what was charged before it, for another
    /// total, may be on its way still, and has to be voided or found first.
    /// </summary>
    public static string[] Charges(ReservationState state) =>
        state.ResolvedTotal is null ? [$"{state.Id:N}-{state.Attempt}"] : [$"{state.Id:N}-{state.Attempt}", $"{state.Id:N}-{state.Attempt}-resolved"];

    /// <summary>The provider's answer to the open attempt. A cancellation may have come meanwhile: then it is only paid, and given back next.</summary>
    public static ReservationEvent[] Charged(ReservationState state, ChargeOutcome outcome, string chargeId, Money total, int agreeingVotes)
    {
        var paid = new ReservationEvent.Paid(state.Attempt, chargeId, total, agreeingVotes);
        return outcome switch
        {
            ChargeOutcome.Captured when state.Phase == ReservationPhase.Pending => [paid, new ReservationEvent.Confirmed(total)],
            ChargeOutcome.Captured => [paid],
            ChargeOutcome.Declined(var reason) => [new ReservationEvent.PaymentDeclined(state.Attempt, total, reason)],
            // An activation that is gone had found no rooms; now there are some, and the customer may try again while they are held.
            _ when state.Phase == ReservationPhase.Pending => [new ReservationEvent.PaymentDeclined(state.Attempt, total, "payment-stopped")],
            _ => [new ReservationEvent.PaymentVoided(state.Attempt)],
        };
    }

    /// <summary>A stay that costs nothing is confirmed without a charge.</summary>
    public static ReservationEvent[] NothingToPay(ReservationState state, Money total) =>
        state.Phase == ReservationPhase.Pending ? [new ReservationEvent.Confirmed(total)] : [];

    /// <summary>The replicas found that the token is none of the provider's: the attempt ends without it being asked.</summary>
    public static ReservationEvent[] TokenRefused(ReservationState state, Money total) => [new ReservationEvent.PaymentDeclined(state.Attempt, total, "token-refused")];

    /// <summary>The provider's answer to a void: blocked for ever, or captured before.</summary>
    public static ReservationEvent[] Voided(ReservationState state, Money? captured, string chargeId) => captured is { } amount
        ? [new ReservationEvent.Paid(state.Attempt, chargeId, amount, AgreeingVotes: 0)]
        : [new ReservationEvent.PaymentVoided(state.Attempt)];

    /// <summary>Paid for, but the rooms may be gone: then everything is given back. Nothing when a cancellation came while they were asked for.</summary>
    public static ReservationEvent[] ConfirmPaid(ReservationState state, bool areRoomsHeld) => (state.Phase, areRoomsHeld) switch
    {
        (not ReservationPhase.Pending, _) => [],
        (_, true) => [new ReservationEvent.Confirmed(state.Payment!.Amount)],
        _ => [new ReservationEvent.CancelRequested(state.Payment!.Amount.AmountMinor)],
    };

    public static (Refusal? Why, ReservationEvent[] Events) Cancel(ReservationState state, DateTimeOffset now, Func<PricedStay, long> totalMinor)
    {
        switch (state.Phase)
        {
            case ReservationPhase.Pending or ReservationPhase.Held or ReservationPhase.Declined:
                return (null, [new ReservationEvent.CancelRequested(state.IsCaptured ? state.Payment!.Amount.AmountMinor : 0)]);
            case ReservationPhase.Confirmed:
                if (state.Request!.Stays.All(s => IsOver(s, now)))
                    return (new Refusal("stay-over", "The stay is over; there is nothing left to cancel."), []);
                return (null, [new ReservationEvent.CancelRequested(RefundMinor(state, now, totalMinor))]);
            default:
                return (new Refusal("not-cancellable", $"The reservation is {StatusOf(state)}; there is nothing to cancel."), []);
        }
    }

    private static bool IsOver(PricedStay stay, DateTimeOffset now) => stay.Nights.CheckOut.ToDateTime(TimeOnly.MinValue) + FurthestBehind <= now.UtcDateTime;

    // Stays are rounded each for itself: never more than was paid, and all of it when all is free. Of what an operator has ruled in place of the price
    // it is the same part. A stay that is over gives nothing back, whatever is booked beside it.
    private static long RefundMinor(ReservationState state, DateTimeOffset now, Func<PricedStay, long> totalMinor)
    {
        var paid = state.IsCaptured ? state.Payment!.Amount.AmountMinor : 0;
        var stays = state.Request!.Stays;
        if (stays.All(s => now < s.FreeUntil))
            return paid;
        var back = stays.Where(s => !IsOver(s, now)).Sum(s => RefundMinor(s, totalMinor(s), now));
        if (state.ResolvedTotal is null)
            return Math.Min(paid, back);
        var price = stays.Sum(totalMinor);
        return price == 0 ? 0 : (long)((Int128)paid * back / price);
    }

    /// <summary>What the frozen terms of a stay give back of its price.</summary>
    public static long RefundMinor(PricedStay stay, long totalMinor, DateTimeOffset now) =>
        now < stay.FreeUntil ? totalMinor : totalMinor * stay.LateRefundPercent / 100;

    public static string StatusOf(ReservationState state) => state.Phase switch
    {
        ReservationPhase.Held => ReservationStatus.Held,
        ReservationPhase.Declined => ReservationStatus.Declined,
        ReservationPhase.Confirmed => ReservationStatus.Confirmed,
        ReservationPhase.Cancelling => ReservationStatus.Cancelling,
        ReservationPhase.Cancelled => ReservationStatus.Cancelled,
        ReservationPhase.SoldOut => ReservationStatus.SoldOut,
        ReservationPhase.Lapsed => ReservationStatus.Lapsed,
        _ => ReservationStatus.Pending,
    };
}
