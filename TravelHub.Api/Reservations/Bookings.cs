using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>What can be done with reservations: for the API and for the pages alike. Every write may be repeated under its key.</summary>
internal sealed class Bookings(ClusterCalls cluster)
{
    /// <param name="key">The caller's idempotency key; it and the owner make the reservation's id.</param>
    public ValueTask<ReservationOutcome> Book(BookCommand command, string key, CancellationToken cancellationToken)
    {
        var id = IdempotencyKeys.ReservationId(command.Owner, key);
        return cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Book(command), cancellationToken);
    }

    public ValueTask<ReservationOutcome> Pay(Guid id, PayCommand command, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Pay(command), cancellationToken);

    public ValueTask<ReservationOutcome> Cancel(Guid id, CancelCommand command, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Cancel(command), cancellationToken);

    /// <inheritdoc cref="IReservationGrain.PreviewCancellation"/>
    public ValueTask<CancellationPreview?> PreviewCancellation(Guid id, string owner, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).PreviewCancellation(owner), cancellationToken);

    /// <inheritdoc cref="IReservationGrain.Get"/>
    public ValueTask<ReservationView?> Get(Guid id, string owner, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationGrain>(id).Get(owner), cancellationToken);

    /// <inheritdoc cref="IReservationListGrain.List"/>
    public ValueTask<ImmutableArray<ReservationView>> List(string owner, ReservationCursor? after, int limit, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationListGrain>(0).List(owner, after, limit), cancellationToken);
}
