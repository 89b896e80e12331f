using System.Collections.Immutable;
using TravelHub.Api.Cluster;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary><c>GET /v1/search</c>: what can be booked, for anyone.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", Search);

    private static async Task<IResult> Search(HttpRequest request, ClusterCalls cluster, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        if (SearchRequest.Read(request.Query, time.GetUtcNow(), findings) is not { } wanted)
            return findings.AsProblem();
        var offers = await cluster.Call(grains => grains.GetGrain<ISearchGrain>(0).Find(wanted.Query), cancellationToken);
        var page = Page(offers, wanted);
        return Results.Ok(new SearchAnswer(
            page, new PageMeta(page.Length == wanted.Limit ? Cursor(page[^1]) : null), "live", time.GetUtcNow(), Degraded: false));
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

/// <param name="Source"><c>live</c>: asked of the inventories just now.</param>
/// <param name="AsOf">When the offers were true.</param>
internal sealed record SearchAnswer(ImmutableArray<Offer> Data, PageMeta Meta, string Source, DateTimeOffset AsOf, bool Degraded);
