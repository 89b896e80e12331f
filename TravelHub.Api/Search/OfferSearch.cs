using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Paging;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>Finds, filters and sorts offers: for the API and for the pages alike.</summary>
internal sealed class OfferSearch(ClusterCalls cluster, TimeProvider time)
{
    public async Task<SearchAnswer> Find(SearchRequest wanted, CancellationToken cancellationToken)
    {
        var offers = await cluster.Call(grains => grains.GetGrain<ISearchGrain>(0).Find(wanted.Query), cancellationToken);
        var page = Page(offers, wanted);
        return new SearchAnswer(
            page, new PageMeta(page.Length == wanted.Limit ? Cursor(page[^1]) : null), "live", time.GetUtcNow(), Degraded: false);
    }

    private static ImmutableArray<Offer> Page(ImmutableArray<Offer> offers, SearchRequest wanted)
    {
        var fitting = offers.Where(o => wanted.MaxPriceMinor is not { } most || o.Total.AmountMinor <= most);
        var sorted = wanted.Sort switch
        {
            "-price" => fitting.OrderByDescending(o => o.Total.AmountMinor).ThenBy(Cursor, StringComparer.Ordinal),
            "name" => fitting.OrderBy(o => o.PropertyName, StringComparer.Ordinal).ThenBy(Cursor, StringComparer.Ordinal),
            _ => fitting.OrderBy(o => o.Total.AmountMinor).ThenBy(Cursor, StringComparer.Ordinal),
        };
        var rest = wanted.After is { } after ? sorted.SkipWhile(o => Cursor(o) != after).Skip(1) : sorted;
        return [.. rest.Take(wanted.Limit)];
    }

    private static string Cursor(Offer offer) => $"{offer.PropertyId}/{offer.RoomType}";
}
