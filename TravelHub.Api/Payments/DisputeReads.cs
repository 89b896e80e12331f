using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Payments;

/// <summary>Pending reservations on whose total no three replicas agree: for the API and the console alike.</summary>
internal sealed class DisputeReads(ClusterCalls cluster)
{
    public ValueTask<ImmutableArray<ReservationView>> Read(CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<IReservationListGrain>(0).Disputed(), cancellationToken);
}
