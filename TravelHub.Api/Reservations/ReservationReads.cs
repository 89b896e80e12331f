using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;
using TravelHub.Api.Intake;
using TravelHub.Api.Reads;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Reservations;

/// <summary>Reads one reservation for its owner, wherever something is known of it.</summary>
internal sealed class ReservationReads(ClusterCalls cluster, LastGood lastGood, KeptRequests intake, IOptions<JsonOptions> json)
{
    public async ValueTask<ReservationReading> Get(Guid id, string owner)
    {
        KeptRequest[] kept = intake.Knows(id) ? [.. intake.Of(id).Where(r => r.Owner == owner)] : [];
        var reading = await lastGood.Own(
            $"reservation/{id:N}/{owner}", Dependency.Reservations,
            () => cluster.Read(Dependency.Reservations, grains => grains.GetGrain<IReservationGrain>(id).Get(owner), CancellationToken.None).AsTask());
        return new ReservationReading(id, reading, kept, json.Value.SerializerOptions);
    }
}
