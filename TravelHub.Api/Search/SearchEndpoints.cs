using System.Collections.Immutable;
using Microsoft.OpenApi;
using TravelHub.Api.Limits;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Api.Reference;

namespace TravelHub.Api.Search;

/// <summary><c>GET /v1/search</c>: what can be booked, for anyone.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", Search).AllowAnonymous()
        .WithPriority(Priority.Search)
        .Describe("search", "Search", "What can be booked at a destination, with nightly prices, rooms left and a quote that binds the price.")
        .Takes("destination", "Where to look, as the properties name it.", required: true)
        .Takes("checkIn", "First night.", required: true, format: "date")
        .Takes("checkOut", "The day after the last night, at most 90 nights later.", required: true, format: "date")
        .Takes("guests", "In all rooms together; 1 if left out.", JsonSchemaType.Integer)
        .Takes("rooms", "Of one type; 1 if left out.", JsonSchemaType.Integer)
        .Takes("maxPrice", "The most that the stay may cost, in minor units.", JsonSchemaType.Integer)
        .Takes("sort", "price, -price or name; price if left out.")
        .Takes("limit", "Offers on a page, 1 to 200; 50 if left out.", JsonSchemaType.Integer)
        .Takes("after", "As the page before gave it in meta.after.")
        .Answers<SearchAnswer>().Answers<NoAnswerBody>(StatusCodes.Status202Accepted).Refuses(422);

    private static async Task<IResult> Search(HttpRequest request, OfferSearch search, SearchPages pages, TimeProvider time)
    {
        var findings = new Findings();
        if (SearchRequest.Read(request.Query, time.GetUtcNow(), findings) is not { } wanted)
            return findings.AsProblem();
        return await search.TryRead(wanted.Query) is { } reading ? pages.Of(reading, wanted) : new NoAnswerYet();
    }
}

/// <param name="Source">One of <see cref="ReadSource"/>.</param>
/// <param name="AsOf">When the offers were true.</param>
/// <param name="Degraded">Whether something behind the search does not work as it should.</param>
internal sealed record SearchAnswer(ImmutableArray<OfferAnswer> Data, PageMeta Meta, string Source, DateTimeOffset AsOf, bool Degraded);
