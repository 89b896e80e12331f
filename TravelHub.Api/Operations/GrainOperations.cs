using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;

namespace TravelHub.Api.Operations;

/// <summary>Which grains there are, and has one leave memory.</summary>
internal sealed class GrainOperations(ClusterCalls cluster, IOptions<OperationOptions> options, TimeProvider time)
{
    // Calls for operators take 20 s at most.
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(15);

    /// <summary>How many activations of each class each silo has.</summary>
    public async Task<IReadOnlyList<GrainCountAnswer>> Counts(CancellationToken cancellationToken)
    {
        var hosts = await cluster.Call(grains => grains.GetGrain<IManagementGrain>(0).GetDetailedHosts(onlyActive: true), cancellationToken);
        var names = hosts.ToDictionary(host => host.SiloAddress, host => host.SiloName);
        var counts = await cluster.Call(grains => grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics(), cancellationToken);
        return
        [
            .. counts.Where(c => c.GrainType.StartsWith("TravelHub.", StringComparison.Ordinal))
                .Select(c => new GrainCountAnswer(ShortName(c.GrainType), names.GetValueOrDefault(c.SiloAddress) ?? c.SiloAddress.ToString(), c.ActivationCount))
                .OrderBy(c => c.Name, StringComparer.Ordinal).ThenBy(c => c.Silo, StringComparer.Ordinal),
        ];
    }

    /// <summary>Has a grain finish what it does and leave memory. It comes back with the next call, from what is stored.</summary>
    /// <returns>Null when no grain can be meant by that.</returns>
    public async Task<GrainAnswer?> Deactivate(string kind, string key, CancellationToken cancellationToken)
    {
        if (await Where(kind, key, cancellationToken) is not (true, var silo))
            return null;
        var hasLeft = await cluster.Call(async grains =>
        {
            // Asks every silo, whatever the directory says, and completes when it has left, whoever may have called it back since.
            var leaving = grains.GetGrain<IManagementGrain>(0).DeactivateGrain(GrainKinds.Find(grains, kind, key)!.GetGrainId(), cancellationToken);
            try
            {
                await leaving.WaitAsync(MostPatience < options.Value.WaitFor ? MostPatience : options.Value.WaitFor, time, cancellationToken);
                return true;
            }
            catch (TimeoutException)
            {
                return false;
            }
        }, cancellationToken);
        return new GrainAnswer(kind, key, hasLeft ? "inactive" : "active", silo is not null ? true : GrainKinds.IsListed(kind) ? false : null);
    }

    private ValueTask<(bool IsKnown, SiloAddress? Silo)> Where(string kind, string key, CancellationToken cancellationToken) => cluster.Call(
        async grains => GrainKinds.Find(grains, kind, key) is { } grain
            ? (true, await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grain))
            : (false, (SiloAddress?)null),
        cancellationToken);

    // "TravelHub.Grains.Payments.ReplicaGrain,TravelHub.Grains"
    private static string ShortName(string type) => type.Split(',')[0].Split('.')[^1];
}

/// <param name="Name">Of the class.</param>
internal sealed record GrainCountAnswer(string Name, string Silo, int Activations);

/// <param name="Status"><c>inactive</c>, or <c>active</c> when it was not seen to leave in time.</param>
/// <param name="WasActive">Whether it was in memory before, as far as the directory knew; null when it can't be known.</param>
internal sealed record GrainAnswer(string Type, string Key, string Status, bool? WasActive);
