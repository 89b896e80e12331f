using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Abstractions.Reservations;

/// <summary>A reservation as its owner sees it.</summary>
/// <param name="Status">One of <see cref="ReservationStatus"/>.</param>
/// <param name="Version">Grows with each event; the ETag.</param>
/// <param name="Total">Null until the vote has found it.</param>
/// <param name="HoldUntil">Until when an unpaid reservation keeps its rooms; null once it is decided.</param>
/// <param name="Reason">Why it is sold-out, declined or lapsed; else null.</param>
/// <param name="GuestErasedAt">When the guest's personal data was erased; null while it is there.</param>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-view.v1")]
public sealed record ReservationView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Status,
    [property: Id(2)] long Version,
    [property: Id(3)] Money? Total,
    [property: Id(4)] ImmutableArray<StayView> Stays,
    [property: Id(5)] PaymentView? Payment,
    [property: Id(6)] DateTimeOffset CreatedAt,
    [property: Id(7)] DateTimeOffset? HoldUntil,
    [property: Id(8)] Guid GuestId,
    [property: Id(9)] string? Reason,
    [property: Id(10)] DateTimeOffset? GuestErasedAt = null);

/// <summary>The values of <see cref="ReservationView.Status"/>; stored and sent as they stand here.</summary>
public static class ReservationStatus
{
    public const string Pending = "pending";
    public const string Held = "held";
    public const string Declined = "declined";
    public const string Confirmed = "confirmed";
    public const string Cancelling = "cancelling";
    public const string Cancelled = "cancelled";
    public const string SoldOut = "sold-out";
    public const string Lapsed = "lapsed";
}

[GenerateSerializer, Immutable, Alias("travelhub.stay-view.v1")]
public sealed record StayView(
    [property: Id(0)] string PropertyId,
    [property: Id(1)] string RoomType,
    [property: Id(2)] DateOnly CheckIn,
    [property: Id(3)] DateOnly CheckOut,
    [property: Id(4)] int Rooms,
    [property: Id(5)] int Guests,
    [property: Id(6)] ImmutableArray<long> NightlyMinor,
    [property: Id(7)] DateTimeOffset FreeCancellationUntil,
    [property: Id(8)] int LateRefundPercent);

/// <param name="Status"><c>captured</c>, <c>declined</c>, <c>refunded</c>, or <c>none</c> for a stay that costs nothing.</param>
/// <param name="Attempt">Which attempt this is, from 1.</param>
/// <param name="AgreeingVotes">How many of the five replicas had found this amount when it was decided.</param>
[GenerateSerializer, Immutable, Alias("travelhub.payment-view.v1")]
public sealed record PaymentView(
    [property: Id(0)] string Status,
    [property: Id(1)] int Attempt,
    [property: Id(2)] string? ChargeId,
    [property: Id(3)] Money Amount,
    [property: Id(4)] Money? Refunded,
    [property: Id(5)] int AgreeingVotes);

/// <summary>One event of a reservation's stream, for its owner; the payment token is left out.</summary>
/// <param name="Data">The event as JSON.</param>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-event-view.v1")]
public sealed record ReservationEventView(
    [property: Id(0)] long Version, [property: Id(1)] string Type, [property: Id(2)] DateTimeOffset At, [property: Id(3)] string Data);

/// <summary>What a cancellation would do.</summary>
/// <param name="Why">Why it would be refused; null when it would not.</param>
/// <param name="Paid">What was captured.</param>
/// <param name="Refund">What it would give back of that.</param>
/// <param name="Version">Of the reservation, for the cancellation's <see cref="CancelCommand.IfVersion"/>.</param>
[GenerateSerializer, Immutable, Alias("travelhub.cancellation-preview.v1")]
public sealed record CancellationPreview(
    [property: Id(0)] Refusal? Why, [property: Id(1)] Money? Paid, [property: Id(2)] Money? Refund, [property: Id(3)] long Version);
