using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Abstractions.Reservations;

/// <summary>Whether a request goes on to pay, or only holds the rooms.</summary>
[GenerateSerializer, Alias("travelhub.booking-mode.v1")]
public enum BookingMode
{
    /// <summary>Hold, pay and confirm in one call.</summary>
    Book,

    /// <summary>Hold the rooms; the payment follows within the hold's lifetime.</summary>
    Hold,
}

/// <summary>A request for rooms. The reservation's id is derived from its caller and idempotency key.</summary>
/// <param name="Owner">Whose reservation it will be; nobody else sees it.</param>
/// <param name="RequestHash">Tells the same request from another one under the same key.</param>
/// <param name="Stays">1 to 10.</param>
/// <param name="PaymentToken">The provider's reference to the guest's means of payment; needed for <see cref="BookingMode.Book"/>.</param>
/// <param name="Currency">What to charge in, ISO 4217; null for the property's own.</param>
/// <param name="AskedAt">When it was asked for: a quote that was good then still is, however long it was kept. Null for now.</param>
[GenerateSerializer, Immutable, Alias("travelhub.book.v1")]
public sealed record BookCommand(
    [property: Id(0)] string Owner,
    [property: Id(1)] string RequestHash,
    [property: Id(2)] BookingMode Mode,
    [property: Id(3)] ImmutableArray<StayRequest> Stays,
    [property: Id(4)] Guest Guest,
    [property: Id(5)] string? PaymentToken,
    [property: Id(6)] string? Currency = null,
    [property: Id(7)] DateTimeOffset? AskedAt = null);

/// <summary>Personal data; kept beside the log, never in an event.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.guest.v1")]
public sealed record Guest([property: Id(0)] string Name, [property: Id(1)] string Email);

/// <summary>Pays for rooms that are held.</summary>
/// <param name="AttemptKey">Names this attempt: the same key never charges twice.</param>
[GenerateSerializer, Immutable, Alias("travelhub.pay.v1")]
public sealed record PayCommand(
    [property: Id(0)] string Owner, [property: Id(1)] string AttemptKey, [property: Id(2)] string PaymentToken);

/// <param name="IfVersion">Cancel only if the reservation is still at this version; null cancels whatever it is.</param>
/// <param name="AskedAt">When it was asked for: the terms of that time count, however long it was kept. Null for now.</param>
[GenerateSerializer, Immutable, Alias("travelhub.cancel.v1")]
public sealed record CancelCommand(
    [property: Id(0)] string Owner, [property: Id(1)] long? IfVersion, [property: Id(2)] DateTimeOffset? AskedAt = null);
