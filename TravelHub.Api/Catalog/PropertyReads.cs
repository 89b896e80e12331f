using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Reads;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Catalog;

/// <summary>What anyone may read of the catalogue: for the API and for the pages alike. Each answer falls back to the last good one.</summary>
internal sealed class PropertyReads(ClusterCalls cluster, LastGood lastGood)
{
    /// <returns>Null when the cluster does not answer and never has; a value of null when there is no such property.</returns>
    public ValueTask<Reading<PropertyDefinition?>?> TryGet(string id) => lastGood.Shared(
        EntryKey(id), Dependency.Properties,
        () => cluster.Read(Dependency.Properties, grains => grains.GetGrain<IPropertyGrain>(id).Get(), CancellationToken.None).AsTask());

    /// <inheritdoc cref="TryGet"/>
    public ValueTask<Reading<ImmutableArray<RoomTypeCalendar>?>?> TryCalendar(string id, Nights range) => lastGood.Shared(
        $"calendar/{range.CheckIn:O}/{range.CheckOut:O}/{id}", Dependency.Properties,
        () => cluster.Read(Dependency.Properties, grains => grains.GetGrain<ISearchGrain>(0).Calendar(id, range), CancellationToken.None).AsTask(),
        size: roomTypes => LastGood.EntriesOf(roomTypes?.Sum(r => r.Nights.Length) ?? 0));

    /// <summary>The entry has changed.</summary>
    public ValueTask Forget(string id) => lastGood.Forget(EntryKey(id));

    /// <exception cref="TimeoutException">The cluster does not answer and never has.</exception>
    public async ValueTask<PropertyAnswer?> Get(string id, CancellationToken cancellationToken) =>
        Known(await TryGet(id).AsTask().WaitAsync(cancellationToken)).Value is { } property ? PropertyAnswer.Of(id, property) : null;

    /// <inheritdoc cref="Get" path="/exception"/>
    public async ValueTask<ImmutableArray<RoomTypeCalendar>?> Calendar(string id, Nights range, CancellationToken cancellationToken) =>
        Known(await TryCalendar(id, range).AsTask().WaitAsync(cancellationToken)).Value;

    /// <summary>Where there are properties.</summary>
    /// <returns>Null when the cluster does not answer and never has.</returns>
    public ValueTask<Reading<ImmutableArray<string>>?> TryDestinations() => lastGood.Shared(
        "destinations", Dependency.Properties,
        () => cluster.Read(Dependency.Properties, grains => grains.GetGrain<IDestinationListGrain>(0).List(), CancellationToken.None).AsTask());

    /// <inheritdoc cref="Get" path="/exception"/>
    public async ValueTask<ImmutableArray<string>> Destinations(CancellationToken cancellationToken) =>
        Known(await TryDestinations().AsTask().WaitAsync(cancellationToken)).Value;

    private static string EntryKey(string id) => $"property/{id}";

    // What was not there once may be there by now.
    private static Reading<T> Known<T>(Reading<T>? reading) => reading is null or { Value: null, IsStale: true }
        ? throw new TimeoutException("Nothing is known of it, and the cluster does not answer.")
        : reading;
}
