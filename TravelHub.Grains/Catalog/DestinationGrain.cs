using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Catalog;

/// <summary>The list of a destination's properties.</summary>
internal sealed class DestinationGrain([PersistentState("destination", GrainStorageNames.Catalog)] IPersistentState<DestinationEntry> entry)
    : Grain, IDestinationGrain
{
    private Vacancy _vacancy = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _vacancy = new Vacancy(this, () => entry.State.Properties.Count == 0);
        return Task.CompletedTask;
    }

    public Task Add(string propertyId) => Change(list => list.Add(propertyId), list => list.Remove(propertyId));

    public Task Remove(string propertyId) => Change(list => list.Remove(propertyId), list => list.Add(propertyId));

    public Task<ImmutableArray<string>> Properties()
    {
        _vacancy.Asked();
        return Task.FromResult(entry.State.Properties.ToImmutableArray());
    }

    // A change that is not known to be stored is forgotten: its repeat must write it, not find it done.
    private async Task Change(Func<SortedSet<string>, bool> change, Func<SortedSet<string>, bool> undo)
    {
        if (!change(entry.State.Properties))
            return;
        try
        {
            await entry.WriteStateAsync();
        }
        catch
        {
            undo(entry.State.Properties);
            DeactivateOnIdle();   // the next activation reads what is stored
            throw;
        }
    }
}
