using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Grains.Reservations;

/// <summary>Where a reservation stands.</summary>
public enum ReservationPhase
{
    /// <summary>Nothing is known of it.</summary>
    None,

    /// <summary>Rooms or a payment are under way.</summary>
    Pending,

    /// <summary>The rooms are held; it waits for a payment until <see cref="ReservationEvent.Requested.HoldUntil"/>.</summary>
    Held,

    /// <summary>The last payment was declined; the rooms are held as in <see cref="Held"/>.</summary>
    Declined,

    Confirmed,
    Cancelling,
    Cancelled,
    SoldOut,
    Lapsed,
}

/// <summary>A reservation, as its events tell.</summary>
public sealed record ReservationState(Guid Id)
{
    public long Version { get; init; }
    public ReservationPhase Phase { get; init; }

    /// <summary>Requests that the log never knew and that were given up, each by <see cref="ReservationEvent.Abandoned"/>, before the one that it knows.</summary>
    public int Abandoned { get; init; }

    /// <summary>The request; null while the log knows of none.</summary>
    public ReservationEvent.Requested? Request { get; init; }

    /// <summary>Known once the vote has found it.</summary>
    public Money? Total { get; init; }

    /// <summary>Whether a vote on the total found no majority.</summary>
    public bool IsDisputed { get; init; }

    /// <summary>What an operator has ruled to be paid after that; else null.</summary>
    public Money? ResolvedTotal { get; init; }

    /// <summary>Whether one event says that all stays are held.</summary>
    public bool AreRoomsHeld { get; init; }

    /// <summary>The last attempt to pay, from 1; 0 before there is one.</summary>
    public int Attempt { get; init; }

    public string? PaymentToken { get; init; }

    /// <summary>Whether the last attempt may have captured money, or may yet. Invariant: at most one attempt is open.</summary>
    public bool IsAttemptOpen { get; init; }

    /// <summary>What was captured, declined or given back. Invariant: Refunded &lt;= Amount.</summary>
    public PaymentView? Payment { get; init; }

    /// <summary>What a cancellation gives back of a captured charge.</summary>
    public long RefundMinor { get; init; }

    public string? Reason { get; init; }

    /// <summary>When the guest's personal data was erased; null while it is there.</summary>
    public DateTimeOffset? GuestErasedAt { get; init; }

    /// <summary>The <see cref="Reason"/> of a pending one whose vote found no majority.</summary>
    public const string NoMajority = "no-majority";

    /// <summary>Which command waits for its outcome: <see cref="BookingKey"/>, an attempt's key, or none.</summary>
    public string? OpenCommand { get; init; }

    /// <summary>What each command was answered, so that its repeat gets the same.</summary>
    public ImmutableDictionary<string, ReservationView> Answers { get; init; } = ImmutableDictionary<string, ReservationView>.Empty;

    /// <summary>The key of the request itself in <see cref="Answers"/>; attempts have keys of other callers' making behind a prefix.</summary>
    public const string BookingKey = "booking";

    /// <summary>Which token each attempt's key came with: another one under the same key is refused.</summary>
    public ImmutableDictionary<string, string> AttemptTokens { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>The hold of a stay of this request. No hold of a request that was given up has its id: what is said of one is never taken for the other.</summary>
    public HoldId Hold(int stay) => Hold(Id, Abandoned + 1, stay);

    /// <summary>The same, for who has the request's event alone: before it stand only requests that were given up.</summary>
    /// <param name="version">The event's.</param>
    public static HoldId Hold(Guid reservation, long version, int stay) => new(reservation, (((int)version - 1) * HoldId.PerRequest) + stay);

    /// <summary>Holds of a stay that were placed for requests that were given up, and may stand in the way of this one's.</summary>
    public IEnumerable<HoldId> HoldsGivenUp(int stay) => Enumerable.Range(1, Abandoned).Select(version => Hold(Id, version, stay));

    public bool IsCaptured => Payment is { Status: PaymentStatus.Captured };
}

/// <summary>The values of <see cref="PaymentView.Status"/>.</summary>
internal static class PaymentStatus
{
    public const string None = "none";
    public const string Captured = "captured";
    public const string Declined = "declined";
    public const string Refunded = "refunded";
}
