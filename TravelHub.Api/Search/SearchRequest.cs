using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>The parameters of <c>GET /v1/search</c>, checked.</summary>
/// <param name="MaxPriceMinor">Largest total in minor units, or null.</param>
/// <param name="Sort"><c>price</c>, <c>-price</c> or <c>name</c>.</param>
/// <param name="After">Where the page before ended, or null.</param>
internal sealed record SearchRequest(SearchQuery Query, long? MaxPriceMinor, string Sort, int Limit, OfferPlace? After)
{
    private static readonly string[] Known = ["destination", "checkIn", "checkOut", "guests", "rooms", "maxPrice", "sort", "limit", "after"];

    /// <summary>The property whose offers alone are wanted: for its own page, which has room for them however many others cost less. Null for all.</summary>
    public string? PropertyId { get; init; }

    public static SearchRequest? Read(IQueryCollection query, DateTimeOffset now, Findings findings)
    {
        foreach (var name in query.Keys.Except(Known, StringComparer.OrdinalIgnoreCase))
            findings.Require(false, name, $"is not a parameter of a search; there are {string.Join(", ", Known)}");

        var destination = query["destination"].ToString();
        findings.RequireText(destination, "destination", 64);
        var nights = new Nights(findings.ReadDate(query, "checkIn"), findings.ReadDate(query, "checkOut"));
        if (!findings.Any)
            StayLimits.Check(nights, "checkOut", now, findings);
        var guests = findings.ReadNumber(query, "guests", 1, 1, StayLimits.MostGuests);
        var rooms = findings.ReadNumber(query, "rooms", 1, 1, StayLimits.MostRooms);
        long? maxPrice = query.ContainsKey("maxPrice") ? findings.ReadNumber(query, "maxPrice", 0, 0, 1_000_000_000_000) : null;
        var sort = query.ContainsKey("sort") ? query["sort"].ToString() : "price";
        findings.Require(sort is "price" or "-price" or "name", "sort", "must be price, -price or name");
        var limit = findings.ReadNumber(query, "limit", 50, 1, 200);
        var after = query.ContainsKey("after") ? OfferPlace.TryRead(query["after"].ToString(), sort) : null;
        findings.Require(after is not null || !query.ContainsKey("after"), "after", "must be as the page before gave it, in the same sort");
        return findings.Any ? null : new SearchRequest(new SearchQuery(destination, nights, (int)guests, (int)rooms), maxPrice, sort, (int)limit, after);
    }
}
