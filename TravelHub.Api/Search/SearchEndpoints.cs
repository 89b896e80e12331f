using System.Collections.Immutable;
using Microsoft.OpenApi;
using TravelHub.Api.Cluster;
using TravelHub.Api.Limits;
using TravelHub.Api.Paging;
using TravelHub.Api.Problems;
using TravelHub.Api.Reads;
using TravelHub.Api.Reference;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary><c>GET /v1/search</c>: what can be booked, for anyone.</summary>
internal static class SearchEndpoints
{
    public static void MapSearch(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/search", Search)
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

    private static async Task<IResult> Search(HttpRequest request, ClusterCalls cluster, LastGood lastGood, TimeProvider time)
    {
        var findings = new Findings();
        if (SearchRequest.Read(request.Query, time.GetUtcNow(), findings) is not { } wanted)
            return findings.AsProblem();
        var query = wanted.Query;
        var reading = await lastGood.Shared(
            $"search/{query.Nights.CheckIn:O}/{query.Nights.CheckOut:O}/{query.Guests}/{query.Rooms}/{query.Destination}", Dependency.Search,
            () => cluster.Read(Dependency.Search, grains => grains.GetGrain<ISearchGrain>(0).Find(query), CancellationToken.None).AsTask());
        if (reading is null)
            return new NoAnswerYet();
        var page = Page(reading.Value, wanted);
        return Results.Ok(new SearchAnswer(
            [.. page.Select(o => OfferAnswer.Of(o, isQuoted: !reading.IsStale && o.QuoteExpires > time.GetUtcNow()))],
            new PageMeta(page.Length == wanted.Limit ? Cursor(page[^1]) : null), reading.Source, reading.AsOf, reading.Degraded));
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

/// <param name="Source">One of <see cref="ReadSource"/>.</param>
/// <param name="AsOf">When the offers were true.</param>
/// <param name="Degraded">Whether something behind the search does not work as it should.</param>
internal sealed record SearchAnswer(IReadOnlyList<OfferAnswer> Data, PageMeta Meta, string Source, DateTimeOffset AsOf, bool Degraded);
