using System.Collections.Immutable;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Faults;

/// <summary>Keeps the switches, so that a silo that starts again finds them. Where faults are not switched on it can't be activated: it has no agents.</summary>
internal sealed class FaultsGrain(
    [PersistentState("replica-faults", GrainStorageNames.Health)] IPersistentState<FaultsState> state, FaultAgents agents) : Grain, IFaultsGrain
{
    public async Task<Refusal?> Put(string replica, ReplicaFault fault)
    {
        if (!ReplicaNames.IsValid(replica))
            return new Refusal("unknown-replica", $"A replica is named GROUP/NUMBER, the number 1 to {Ballot.Replicas}; '{replica}' is not.");
        if (fault.Parameter is < 1 or > 100_000)
            return new Refusal("parameter-out-of-range", "A fault's parameter is 1 to 100000.");
        await Store(state.State.Replicas.SetItem(replica, fault));
        return null;
    }

    public Task Clear(string replica) => Store(state.State.Replicas.Remove(replica));

    public Task<ImmutableDictionary<string, ReplicaFault>> All() => Task.FromResult(state.State.Replicas);

    private async Task Store(ImmutableDictionary<string, ReplicaFault> all)
    {
        state.State.Replicas = all;
        await state.WriteStateAsync();
        await agents.SetEverywhere(all);
    }
}

[GenerateSerializer, Alias("travelhub.faults-state.v1")]
internal sealed class FaultsState
{
    [Id(0)] public ImmutableDictionary<string, ReplicaFault> Replicas { get; set; } = ImmutableDictionary<string, ReplicaFault>.Empty;
}
