using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Operations;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Api.Operations;

/// <summary>The cluster's silos, as its membership knows them, and how each is doing.</summary>
internal sealed class SiloReads(ClusterCalls cluster, IGrainFactory grains, TimeProvider time)
{
    // A silo that stands still shows without figures, not as none at all.
    private static readonly TimeSpan FiguresPatience = TimeSpan.FromSeconds(1);

    /// <summary>Those that live first, each group by name. A silo that was started again has a row for each of its lives; the newest is told.</summary>
    public async ValueTask<ImmutableArray<SiloAnswer>> Read(CancellationToken cancellationToken)
    {
        var lives = await NewestLives(cancellationToken);
        var replicas = Within(grains.GetGrain<IReplicaHealthGrain>(0).AllReplicas());
        var away = Within(grains.GetGrain<IOperationsGrain>(0).Away());
        var silos = await Task.WhenAll(lives.Select(async life =>
        {
            var figures = life.Status == SiloStatus.Active ? await Figures(life.SiloAddress) : null;
            return new SiloAnswer(
                life.SiloName, life.SiloAddress.ToString(), life.Status.ToString(), Utc(life.StartTime), Utc(life.IAmAliveTime),
                IsAway: (await away) is { IsDefault: false } names ? names.Contains(life.SiloName) : null,
                figures?.ActivationCount, figures?.EnvironmentStatistics.FilteredCpuUsagePercentage, figures?.EnvironmentStatistics.RawMemoryUsageBytes,
                (await replicas) is { IsDefault: false } all
                    ? [.. all.Where(r => life.Status == SiloStatus.Active && r.Silo == life.SiloName).Select(r => $"{r.Group}/{r.Number}")] : []);
        }));
        return [.. silos.OrderByDescending(silo => silo.IsActive).ThenBy(silo => silo.Name, StringComparer.Ordinal)];
    }

    /// <summary>The newest life of each silo that this cluster has seen.</summary>
    public async ValueTask<ImmutableArray<MembershipEntry>> NewestLives(CancellationToken cancellationToken)
    {
        var hosts = await cluster.Call(all => all.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: false), cancellationToken);
        return NewestOf(hosts);
    }

    // A generation is the time of a start: after the clock went back, the dead ones of before seem newer than the one that lives.
    internal static ImmutableArray<MembershipEntry> NewestOf(IEnumerable<MembershipEntry> lives) =>
    [
        .. lives.GroupBy(life => life.SiloName, StringComparer.Ordinal)
            .Select(same => same.OrderBy(life => life.Status == SiloStatus.Dead).ThenByDescending(life => life.SiloAddress.Generation).First()),
    ];

    // An activation of its own for each silo: one that waits for a silo which stands still keeps nobody else waiting.
    private async Task<SiloRuntimeStatistics?> Figures(SiloAddress silo) =>
        await Within(grains.GetGrain<IManagementGrain>(1 + (long)unchecked((uint)silo.GetConsistentHashCode())).GetRuntimeStatistics([silo])) is [var figures] ? figures : null;

    private async Task<T?> Within<T>(Task<T> answer)
    {
        try
        {
            return await answer.WaitAsync(FiguresPatience, time);
        }
        catch (Exception e) when (ClusterFailure.IsUnavailable(e))
        {
            return default;
        }
    }

    // The membership table keeps UTC without saying so.
    private static DateTimeOffset Utc(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}

/// <param name="Status">In the words of the membership: Joining, Active, ShuttingDown, Stopping, Dead.</param>
/// <param name="AliveAt">When it last said that it lives.</param>
/// <param name="IsAway">Whether an operator took it away: nobody starts it again until he asks for that. Null when that was not told within a second.</param>
/// <param name="Activations">Grains in its memory; null, as the two figures after it, when it did not tell within a second either.</param>
/// <param name="CpuPercent">Of the whole machine's, smoothed over some seconds.</param>
/// <param name="MemoryBytes">What its process takes.</param>
/// <param name="Replicas">The payment replicas that were last seen on it, <c>group/number</c>.</param>
public sealed record SiloAnswer(
    string Name, string Address, string Status, DateTimeOffset StartedAt, DateTimeOffset AliveAt, bool? IsAway,
    int? Activations, float? CpuPercent, long? MemoryBytes, IReadOnlyList<string> Replicas)
{
    public bool IsActive => Status == nameof(SiloStatus.Active);
}
