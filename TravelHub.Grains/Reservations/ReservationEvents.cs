using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Reservations;

/// <summary>What happened to a reservation, as stored in its stream <c>reservation/id</c>.</summary>
public abstract record ReservationEvent
{
    /// <summary>Rooms were asked for; price inputs and terms are frozen here.</summary>
    /// <param name="At">When, UTC; the reservation's creation.</param>
    /// <param name="HoldUntil">Until when it keeps rooms that are not paid, UTC.</param>
    /// <param name="PaymentToken">Token of attempt 1 in <see cref="BookingMode.Book"/>; else null.</param>
    /// <param name="Conversion">Into what the total is exchanged, at the rate of the request; null for none.</param>
    public sealed record Requested(
        string Owner, string RequestHash, BookingMode Mode, Guid GuestId, ImmutableArray<PricedStay> Stays, DateTimeOffset At,
        DateTimeOffset HoldUntil, string? PaymentToken, Conversion? Conversion = null) : ReservationEvent;

    /// <summary>All stays are held, and the total is known. Written before a charge that depends on several holds.</summary>
    public sealed record RoomsHeld(Money Total) : ReservationEvent;

    /// <summary>A stay found no rooms; the reservation has ended.</summary>
    public sealed record SoldOut(int Stay, DateOnly Night, int Left) : ReservationEvent;

    /// <summary>Another attempt to pay begins.</summary>
    public sealed record PaymentStarted(int Attempt, string AttemptKey, string PaymentToken) : ReservationEvent;

    public sealed record PaymentDeclined(int Attempt, Money Total, string Reason) : ReservationEvent;

    /// <summary>No three replicas agreed on the total: it waits for them to agree, for an operator, or for its time to be up.</summary>
    public sealed record VoteDisputed : ReservationEvent;

    /// <param name="By">Which operator said so.</param>
    public sealed record TotalResolved(Money Total, string By) : ReservationEvent;

    /// <summary>The attempt can never capture anything: the provider blocks it.</summary>
    public sealed record PaymentVoided(int Attempt) : ReservationEvent;

    /// <param name="AgreeingVotes">How many replicas had found this total when it was decided.</param>
    public sealed record Paid(int Attempt, string ChargeId, Money Total, int AgreeingVotes) : ReservationEvent;

    public sealed record Confirmed(Money Total) : ReservationEvent;

    /// <param name="RefundMinor">What the terms give back if a charge was captured.</param>
    public sealed record CancelRequested(long RefundMinor) : ReservationEvent;

    public sealed record Refunded(string RefundId, Money Amount) : ReservationEvent;

    public sealed record Cancelled : ReservationEvent;

    /// <summary>The hold's time was up before it was paid.</summary>
    public sealed record Lapsed : ReservationEvent;

    /// <summary>The guest's personal data, which is beside the log, was erased.</summary>
    /// <param name="By">Which operator did it.</param>
    public sealed record GuestErased(string By, DateTimeOffset At) : ReservationEvent;

    /// <summary>A request whose hold alone was known is given up: it expects an earlier version, and can't come any more. Sent again it is another one.</summary>
    public sealed record Abandoned : ReservationEvent;
}
