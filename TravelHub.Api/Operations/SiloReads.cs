using System.Collections.Immutable;
using TravelHub.Api.Cluster;

namespace TravelHub.Api.Operations;

/// <summary>The cluster's silos, as its membership knows them.</summary>
internal sealed class SiloReads(ClusterCalls cluster)
{
    /// <summary>Those that live first, each group by name. A silo that was started again has a row for each of its lives; the newest is told.</summary>
    public async ValueTask<ImmutableArray<SiloAnswer>> Read(CancellationToken cancellationToken)
    {
        var hosts = await cluster.Call(grains => grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false), cancellationToken);
        return
        [
            .. hosts.GroupBy(host => host.SiloName, StringComparer.Ordinal)
                .Select(lives => lives.OrderByDescending(host => host.StartTime).First())
                .Select(host => new SiloAnswer(
                    host.SiloName, host.SiloAddress.ToString(), host.Status.ToString(), Utc(host.StartTime), Utc(host.IAmAliveTime)))
                .OrderByDescending(silo => silo.IsActive).ThenBy(silo => silo.Name, StringComparer.Ordinal),
        ];
    }

    // The membership table keeps UTC without saying so.
    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}

/// <param name="Status">In the words of the membership: Joining, Active, ShuttingDown, Stopping, Dead.</param>
/// <param name="AliveAt">When it last said that it lives.</param>
internal sealed record SiloAnswer(string Name, string Address, string Status, DateTimeOffset StartedAt, DateTimeOffset AliveAt)
{
    public bool IsActive => Status == nameof(SiloStatus.Active);
}
