using System.Collections.Immutable;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary><c>GET /v1/search</c>: what can be booked, for anyone.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", Search);

    private static async Task<IResult> Search(HttpRequest request, OfferSearch search, TimeProvider time, CancellationToken cancellationToken)
    {
        var findings = new Findings();
        return SearchRequest.Read(request.Query, time.GetUtcNow(), findings) is { } wanted
            ? Results.Ok(await search.Find(wanted, cancellationToken))
            : findings.AsProblem();
    }
}

/// <param name="Source"><c>live</c>: asked of the inventories just now.</param>
/// <param name="AsOf">When the offers were true.</param>
internal sealed record SearchAnswer(ImmutableArray<Offer> Data, PageMeta Meta, string Source, DateTimeOffset AsOf, bool Degraded);
