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

    /// <summary>For operators: what the log says of reservations lately, newest first, and nothing of their guests.</summary>
    /// <param name="limit">1 to 200. Fewer come when only few of the log's newest 1,000 events are of reservations.</param>
    [Alias("news"), AlwaysInterleave]
    Task<ImmutableArray<ReservationNews>> News(int limit);
}

/// <summary>An event of a reservation, without what is in it.</summary>
/// <param name="Version">Its place in the reservation's stream, from 1.</param>
/// <param name="Type">Its stored name, such as <c>reservation.confirmed.v1</c>.</param>
/// <param name="At">When it was written, UTC.</param>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-news.v1")]
public sealed record ReservationNews([property: Id(0)] Guid Id, [property: Id(1)] long Version, [property: Id(2)] string Type, [property: Id(3)] DateTimeOffset At);

/// <summary>A place in an owner's list.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.reservation-cursor.v1")]
public sealed record ReservationCursor([property: Id(0)] DateTimeOffset CreatedAt, [property: Id(1)] Guid Id);
