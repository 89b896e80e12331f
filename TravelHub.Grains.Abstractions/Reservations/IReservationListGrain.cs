using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Reservations;

/// <summary>An owner's reservations. Without state; its key has no meaning.</summary>
[Alias("travelhub.reservation-list")]
public interface IReservationListGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first. What was acknowledged is in it.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">1 to 200.</param>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<ReservationView>> List(string owner, ReservationCursor? after, int limit);

    /// <summary>For operators: pending reservations of anybody whose vote found no majority, oldest first; 200 at most.</summary>
    [Alias("disputed"), AlwaysInterleave]
    Task<ImmutableArray<ReservationView>> Disputed();
}

/// <summary>A place in an owner's list.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-cursor.v1")]
public sealed record ReservationCursor([property: Id(0)] DateTimeOffset CreatedAt, [property: Id(1)] Guid Id);
