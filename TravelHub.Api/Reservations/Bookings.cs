using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>
/// What visitors of the pages do with their reservations. Every write may be repeated under its key; one that the cluster cannot take is not kept
/// here, as the API keeps it, since the visitor is told at once and has the form to send again.
/// </summary>
internal sealed class Bookings(ClusterCalls cluster)
{
    /// <param name="key">The caller's idempotency key; it and the owner make the reservation's id.</param>
    public ValueTask<ReservationOutcome> Book(BookCommand command, string key, CancellationToken cancellationToken)
    {
        var id = IdempotencyKeys.ReservationId(command.Owner, key);
        return cluster.Write(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Book(command), cancellationToken);
    }

    public ValueTask<ReservationOutcome> Pay(Guid id, PayCommand command, CancellationToken cancellationToken) =>
        cluster.Write(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Pay(command), cancellationToken);

    public ValueTask<ReservationOutcome> Cancel(Guid id, CancelCommand command, CancellationToken cancellationToken) =>
        cluster.Write(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Cancel(command), cancellationToken);

    /// <inheritdoc cref="IReservationGrain.PreviewCancellation"/>
    public ValueTask<CancellationPreview?> PreviewCancellation(Guid id, string owner, CancellationToken cancellationToken) =>
        cluster.Read(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).PreviewCancellation(owner), cancellationToken);

    /// <inheritdoc cref="IReservationGrain.Get"/>
    public ValueTask<ReservationView?> Get(Guid id, string owner, CancellationToken cancellationToken) =>
        cluster.Read(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Get(owner), cancellationToken);

    /// <inheritdoc cref="IReservationListGrain.List"/>
    public ValueTask<ImmutableArray<ReservationView>> List(string owner, ReservationCursor? after, int limit, CancellationToken cancellationToken) =>
        cluster.Read(Dependency.ReservationList, grains => grains.GetGrain<IReservationListGrain>(0).List(owner, after, limit), cancellationToken);
}
