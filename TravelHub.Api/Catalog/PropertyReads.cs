using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Catalog;

/// <summary>What anyone may read of the catalogue: for the API and for the pages alike.</summary>
internal sealed class PropertyReads(ClusterCalls cluster, TimeProvider time)
{
    private static readonly TimeSpan DestinationsFreshFor = TimeSpan.FromMinutes(1);

    // Replaced whole, never changed: readers need no lock.
    private Known? _known;

    public async ValueTask<PropertyAnswer?> Get(string id, CancellationToken cancellationToken) =>
        await cluster.Call(grains => grains.GetGrain<IPropertyGrain>(id).Get(), cancellationToken) is { } property ? PropertyAnswer.Of(id, property) : null;

    /// <inheritdoc cref="ISearchGrain.Calendar"/>
    public ValueTask<ImmutableArray<RoomTypeCalendar>?> Calendar(string id, Nights range, CancellationToken cancellationToken) =>
        cluster.Call(grains => grains.GetGrain<ISearchGrain>(0).Calendar(id, range), cancellationToken);

    /// <summary>Where there are properties; a new destination appears within a minute.</summary>
    public async ValueTask<ImmutableArray<string>> Destinations(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Volatile.Read(ref _known) is { } known && now - known.At < DestinationsFreshFor)
            return known.List;
        var list = await cluster.Call(grains => grains.GetGrain<IDestinationListGrain>(0).List(), cancellationToken);
        Volatile.Write(ref _known, new Known(now, list));
        return list;
    }

    private sealed record Known(DateTimeOffset At, ImmutableArray<string> List);
}
