using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Services;
using TravelHub.Grains.Abstractions.Faults;

namespace TravelHub.Grains.Faults;

/// <summary>Tells one silo which replicas misbehave.</summary>
[Alias("travelhub.fault-agent")]
internal interface IFaultAgent : IGrainService
{
    [Alias("set")]
    Task Set(ImmutableDictionary<string, ReplicaFault> all);
}

/// <inheritdoc cref="IFaultAgent"/>
internal sealed class FaultAgent(GrainId id, Silo silo, ILoggerFactory logging, ReplicaFaults faults) : GrainService(id, silo, logging), IFaultAgent
{
    public Task Set(ImmutableDictionary<string, ReplicaFault> all)
    {
        faults.Set(all);
        return Task.CompletedTask;
    }
}

/// <summary>Reaches the agent of each silo.</summary>
internal sealed class FaultAgents(IServiceProvider services, ISiloStatusOracle silos) : Orleans.Runtime.Services.GrainServiceClient<IFaultAgent>(services)
{
    public Task SetEverywhere(ImmutableDictionary<string, ReplicaFault> all) =>
        Task.WhenAll(silos.GetApproximateSiloStatuses(onlyActive: true).Keys.Select(silo => GetGrainService(silo).Set(all)));
}
