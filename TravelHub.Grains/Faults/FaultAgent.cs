using Microsoft.Extensions.Logging;
using Orleans.Services;
using TravelHub.Grains.Abstractions.Faults;

namespace TravelHub.Grains.Faults;

/// <summary>Tells one silo which replicas and components misbehave.</summary>
[Alias("travelhub.fault-agent")]
internal interface IFaultAgent : IGrainService
{
    [Alias("set")]
    Task Set(FaultsState all);
}

/// <inheritdoc cref="IFaultAgent"/>
internal sealed class FaultAgent(
    GrainId id, Silo silo, ILoggerFactory logging, FaultBoard<ReplicaFault> replicas, FaultBoard<ComponentFault> components)
    : GrainService(id, silo, logging), IFaultAgent
{
    public Task Set(FaultsState all)
    {
        replicas.Set(all.Replicas);
        components.Set(all.Components);
        return Task.CompletedTask;
    }
}

/// <summary>Reaches the agent of each silo.</summary>
internal sealed class FaultAgents(IServiceProvider services, ISiloStatusOracle silos) : Orleans.Runtime.Services.GrainServiceClient<IFaultAgent>(services)
{
    public Task SetEverywhere(FaultsState all) =>
        Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => GetGrainService(silo).Set(all)));
}
