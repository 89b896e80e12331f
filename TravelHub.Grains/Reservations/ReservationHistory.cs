using System.Text.Json.Nodes;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Reservations;

/// <summary>What events make of a reservation's state, and how its owner sees it. Pure.</summary>
internal static class ReservationHistory
{
    /// <exception cref="InvalidOperationException">The event breaks an invariant: the stream is not what this code wrote.</exception>
    public static ReservationState Evolve(ReservationState state, ReservationEvent happened)
    {
        var next = Apply(state with { Version = state.Version + 1 }, happened);
        if (next.Payment is { Refunded.AmountMinor: var refunded, Amount.AmountMinor: var amount } && refunded > amount)
            throw new InvalidOperationException($"Reservation {state.Id}: {refunded} refunded of {amount}");
        return next.OpenCommand is { } command && IsOutcome(next) ? Answered(next, command) : next;
    }

    public static ReservationView View(ReservationState state) => new(
        state.Id, ReservationMachine.StatusOf(state), state.Version, state.Total,
        [.. state.Request!.Stays.Select(s => new StayView(
            s.PropertyId, s.RoomType, s.Nights.CheckIn, s.Nights.CheckOut, s.Rooms, s.Guests, s.NightlyMinor, s.FreeUntil, s.LateRefundPercent))],
        state.Payment, state.Request.At,
        state.Phase is ReservationPhase.Pending or ReservationPhase.Held or ReservationPhase.Declined ? state.Request.HoldUntil : null,
        state.Request.GuestId, state.Reason, state.GuestErasedAt);

    /// <summary>An event for the reservation's owner, without the payment token.</summary>
    public static ReservationEventView View(LoggedEvent logged)
    {
        var data = JsonNode.Parse(EventTypes.Write(logged.Event).Payload)!.AsObject();
        data.Remove("paymentToken");
        return new ReservationEventView(logged.Version, logged.Type, logged.RecordedAt, data.ToJsonString());
    }

    private static ReservationState Apply(ReservationState state, ReservationEvent happened) => happened switch
    {
        ReservationEvent.Requested e => state with
        {
            Phase = ReservationPhase.Pending, Request = e, OpenCommand = ReservationState.BookingKey,
            Attempt = e.PaymentToken is null ? 0 : 1, PaymentToken = e.PaymentToken, IsAttemptOpen = e.PaymentToken is not null,
        },
        ReservationEvent.RoomsHeld e => state with
        {
            Total = e.Total, AreRoomsHeld = true, IsDisputed = false, Reason = null, Phase = state.IsAttemptOpen ? ReservationPhase.Pending : ReservationPhase.Held,
        },
        ReservationEvent.SoldOut e => state with
        {
            Phase = ReservationPhase.SoldOut, IsAttemptOpen = false,   // nothing is charged before the rooms are held
            Reason = $"{state.Request!.Stays[e.Stay].RoomType} has {e.Left} rooms left on {e.Night:yyyy-MM-dd}",
        },
        ReservationEvent.PaymentStarted e => state with
        {
            Phase = ReservationPhase.Pending, Attempt = e.Attempt, PaymentToken = e.PaymentToken, OpenCommand = e.AttemptKey, IsDisputed = false,
            AttemptTokens = state.AttemptTokens.Add(e.AttemptKey, e.PaymentToken),
            IsAttemptOpen = !state.IsAttemptOpen ? true : throw new InvalidOperationException($"Reservation {state.Id} has an open attempt"),
        },
        ReservationEvent.PaymentDeclined e => state with
        {
            Phase = state.Phase == ReservationPhase.Pending ? ReservationPhase.Declined : state.Phase,
            Total = e.Total, AreRoomsHeld = true, IsAttemptOpen = false, IsDisputed = false, Reason = e.Reason,
            Payment = new PaymentView(PaymentStatus.Declined, e.Attempt, null, e.Total, null, 0),
        },
        ReservationEvent.VoteDisputed => state with { IsDisputed = true, Reason = ReservationState.NoMajority },
        ReservationEvent.TotalResolved e => state with { ResolvedTotal = e.Total, Reason = null },
        ReservationEvent.PaymentVoided => state with { IsAttemptOpen = false },
        ReservationEvent.Paid e => state with
        {
            Total = e.Total, IsAttemptOpen = false, Reason = null,
            // A charge that slips through a cancellation bought nothing: it goes back whole.
            RefundMinor = state.Phase == ReservationPhase.Cancelling ? e.Total.AmountMinor : state.RefundMinor,
            Payment = !state.IsCaptured
                ? new PaymentView(PaymentStatus.Captured, e.Attempt, e.ChargeId, e.Total, null, e.AgreeingVotes)
                : throw new InvalidOperationException($"Reservation {state.Id} is paid twice"),
        },
        ReservationEvent.Confirmed e => state with
        {
            Phase = ReservationPhase.Confirmed, Total = e.Total, IsAttemptOpen = false, Reason = null,
            Payment = state.IsCaptured ? state.Payment : new PaymentView(PaymentStatus.None, state.Attempt, null, e.Total, null, 0),
        },
        ReservationEvent.CancelRequested e => state with { Phase = ReservationPhase.Cancelling, RefundMinor = e.RefundMinor },
        ReservationEvent.Refunded e => state with
        {
            RefundMinor = 0, Payment = state.Payment! with { Status = PaymentStatus.Refunded, Refunded = e.Amount },
        },
        ReservationEvent.Cancelled => state with { Phase = ReservationPhase.Cancelled },
        ReservationEvent.Lapsed => state with { Phase = ReservationPhase.Lapsed, Reason = "it was not paid in time" },
        ReservationEvent.GuestErased e => state with { GuestErasedAt = e.At },
        ReservationEvent.Abandoned => state.Request is null
            ? state with { Abandoned = state.Abandoned + 1 }
            : throw new InvalidOperationException($"Reservation {state.Id} is abandoned though it is known"),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is not an event of a reservation"),
    };

    // A cancellation that comes between ends the waiting command too: its answer is what became of the reservation.
    private static bool IsOutcome(ReservationState state) => state.Phase is not (ReservationPhase.Pending or ReservationPhase.Cancelling);

    private static ReservationState Answered(ReservationState state, string command) =>
        state with { OpenCommand = null, Answers = state.Answers.Add(command, View(state)) };
}
