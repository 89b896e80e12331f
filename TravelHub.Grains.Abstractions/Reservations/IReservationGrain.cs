using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Abstractions.Reservations;

/// <summary>One booking, from request to end. Every call may be repeated: the same request has the same effect once.</summary>
[Alias("travelhub.reservation")]
public interface IReservationGrain : IGrainWithGuidKey
{
    /// <summary>Requests rooms and, in <see cref="BookingMode.Book"/>, pays for them. Answers when it is decided, or pending after a while.</summary>
    /// <exception cref="AppendRefusedException">Another activation owns the stream; repeat the call.</exception>
    /// <exception cref="LogUnavailableException">The outcome is unknown; repeat the call.</exception>
    [Alias("book")]
    Task<ReservationOutcome> Book(BookCommand command);

    /// <summary>Pays for a reservation that is held or whose last payment was declined.</summary>
    /// <inheritdoc cref="Book" path="/exception"/>
    [Alias("pay")]
    Task<ReservationOutcome> Pay(PayCommand command);

    /// <summary>Cancels, and refunds what the frozen policy of each stay gives back.</summary>
    /// <inheritdoc cref="Book" path="/exception"/>
    [Alias("cancel")]
    Task<ReservationOutcome> Cancel(CancelCommand command);

    /// <summary>What a cancellation would give back if it came now. Changes nothing, and binds nothing: the hour may pass before it comes.</summary>
    /// <returns>Null when there is no reservation of this owner.</returns>
    [Alias("preview-cancellation")]
    Task<CancellationPreview?> PreviewCancellation(string owner);

    /// <returns>The reservation, or null when there is none of this owner.</returns>
    [Alias("get")]
    Task<ReservationView?> Get(string owner);

    /// <returns>Its events in order, or null when there is none of this owner.</returns>
    [Alias("events")]
    Task<ImmutableArray<ReservationEventView>?> Events(string owner);

    /// <returns>Who voted what on its payments, in the order of time, or null when there is none of this owner. A vote appears about half a second after its decision, or when its last replica has answered.</returns>
    [Alias("votes")]
    Task<ImmutableArray<VoteView>?> Votes(string owner);

    /// <summary>An operator says what is to be paid for a reservation whose vote found no majority; it goes on from there.</summary>
    /// <param name="by">Which operator; it stays on record.</param>
    [Alias("resolve")]
    Task<ReservationOutcome> Resolve(Money total, string by);

    /// <summary>Notes that the guest's personal data was erased, so that its views show it. Harmless to repeat.</summary>
    /// <param name="by">Which operator erased it; it stays on record.</param>
    [Alias("note-guest-erased")]
    Task NoteGuestErased(string by);

    /// <summary>Asked by inventory when a hold's time is up. A request that is not known by then is given up, so that it can't come later.</summary>
    /// <param name="stay">As in <see cref="HoldId.Stay"/>.</param>
    /// <param name="inventory">Key of the inventory that asks; with nights and rooms it tells a hold that was placed for another request under this id.</param>
    [Alias("rule-on-hold")]
    Task<HoldRuling> RuleOnHold(int stay, string inventory, Nights nights, int rooms);

    /// <summary>Goes on with whatever is unfinished; called by recovery.</summary>
    [Alias("resume")]
    Task Resume();
}

/// <summary>What became of a command.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-outcome.v1")]
public abstract record ReservationOutcome
{
    /// <summary>The reservation as the command left it.</summary>
    /// <param name="Replayed">Whether the command had been carried out before, and this is its answer again.</param>
    [GenerateSerializer, Immutable, Alias("travelhub.reservation-outcome.done.v1")]
    public sealed record Done([property: Id(0)] ReservationView Reservation, [property: Id(1)] bool Replayed) : ReservationOutcome;

    /// <summary>Nothing was changed.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.reservation-outcome.refused.v1")]
    public sealed record Refused([property: Id(0)] Refusal Why) : ReservationOutcome;

    /// <summary>There is no such reservation of this owner.</summary>
    [GenerateSerializer, Immutable, Alias("travelhub.reservation-outcome.not-found.v1")]
    public sealed record NotFound : ReservationOutcome;
}
