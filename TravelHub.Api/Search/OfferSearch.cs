using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Paging;
using TravelHub.Api.Reads;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>Finds, filters and sorts offers: for the API and for the pages alike. What is too old to promise its price carries no quote.</summary>
internal sealed class OfferSearch(ClusterCalls cluster, LastGood lastGood, TimeProvider time)
{
    // What an offer takes beside its nights, in nightly rates.
    private const int RatesAnOffer = 15;

    /// <summary>All offers of a search. The same array until the cluster is asked anew.</summary>
    /// <returns>Null when the cluster does not answer and never has.</returns>
    public ValueTask<Reading<ImmutableArray<Offer>>?> TryRead(SearchQuery query) => lastGood.Shared(
        $"search/{query.Nights.CheckIn:O}/{query.Nights.CheckOut:O}/{query.Guests}/{query.Rooms}/{query.Destination}", Dependency.Search,
        () => cluster.Read(Dependency.Search, grains => grains.GetGrain<ISearchGrain>(0).Find(query), CancellationToken.None).AsTask(),
        size: offers => LastGood.EntriesOf(offers.Sum(o => RatesAnOffer + o.Nights.Length)));

    /// <summary>The page of them that is wanted.</summary>
    public SearchAnswer Page(Reading<ImmutableArray<Offer>> reading, SearchRequest wanted)
    {
        var page = Page(reading.Value, wanted);
        return new SearchAnswer(
            [.. page.Select(o => OfferAnswer.Of(o, isQuoted: !reading.IsStale && o.QuoteExpires > time.GetUtcNow()))],
            new PageMeta(page.Length == wanted.Limit ? OfferPlace.Of(page[^1], wanted.Sort).Write() : null), reading.Source, reading.AsOf, reading.Degraded);
    }

    /// <exception cref="TimeoutException">The cluster does not answer and never has.</exception>
    public async Task<SearchAnswer> Find(SearchRequest wanted, CancellationToken cancellationToken) => Page(
        await TryRead(wanted.Query).AsTask().WaitAsync(cancellationToken) ?? throw new TimeoutException("Nothing is known of these offers, and the cluster does not answer."),
        wanted);

    private static ImmutableArray<Offer> Page(ImmutableArray<Offer> offers, SearchRequest wanted)
    {
        var fitting = offers.Where(o => wanted.PropertyId is null || o.PropertyId == wanted.PropertyId)
            .Where(o => wanted.MaxPriceMinor is not { } most || o.Total.AmountMinor <= most);
        var placed = fitting.Select(o => (Offer: o, Place: OfferPlace.Of(o, wanted.Sort)));
        var rest = wanted.After is { } after ? placed.Where(o => o.Place.CompareTo(after) > 0) : placed;
        return [.. rest.OrderBy(o => o.Place).Take(wanted.Limit).Select(o => o.Offer)];
    }
}
