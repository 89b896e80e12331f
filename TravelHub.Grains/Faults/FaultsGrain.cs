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
        state.State.Replicas = state.State.Replicas.SetItem(replica, fault);
        await Store();
        return null;
    }

    public Task Clear(string replica)
    {
        state.State.Replicas = state.State.Replicas.Remove(replica);
        return Store();
    }

    public Task<ImmutableDictionary<string, ReplicaFault>> All() => Task.FromResult(state.State.Replicas);

    public async Task<Refusal?> PutComponent(string component, ComponentFault fault)
    {
        if (!FaultyComponents.Names.Contains(component))
            return new Refusal("unknown-component", $"'{component}' is not one of: {string.Join(", ", FaultyComponents.Names.Order(StringComparer.Ordinal))}.");
        if (fault.Milliseconds is < 1 or > 100_000)
            return new Refusal("parameter-out-of-range", "A fault's parameter is 1 to 100000.");
        state.State.Components = state.State.Components.SetItem(component, fault);
        await Store();
        return null;
    }

    public Task ClearComponent(string component)
    {
        state.State.Components = state.State.Components.Remove(component);
        return Store();
    }

    public Task<ImmutableDictionary<string, ComponentFault>> Components() => Task.FromResult(state.State.Components);

    private async Task Store()
    {
        await state.WriteStateAsync();
        await agents.SetEverywhere(state.State);
    }
}

[GenerateSerializer, Alias("travelhub.faults-state.v1")]
internal sealed class FaultsState
{
    [Id(0)] public ImmutableDictionary<string, ReplicaFault> Replicas { get; set; } = ImmutableDictionary<string, ReplicaFault>.Empty;
    [Id(1)] public ImmutableDictionary<string, ComponentFault> Components { get; set; } = ImmutableDictionary<string, ComponentFault>.Empty;
}
