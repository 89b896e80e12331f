using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Catalog;

/// <summary>The list of a destination's properties.</summary>
internal sealed class DestinationGrain([PersistentState("destination", GrainStorageNames.Catalog)] IPersistentState<DestinationEntry> entry)
    : Grain, IDestinationGrain
{
    public Task Add(string propertyId) => entry.State.Properties.Add(propertyId) ? entry.WriteStateAsync() : Task.CompletedTask;

    public Task Remove(string propertyId) => entry.State.Properties.Remove(propertyId) ? entry.WriteStateAsync() : Task.CompletedTask;

    public Task<ImmutableArray<string>> Properties() => Task.FromResult(entry.State.Properties.ToImmutableArray());
}
