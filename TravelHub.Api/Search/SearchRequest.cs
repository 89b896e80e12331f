using System.Globalization;
using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>The parameters of <c>GET /v1/search</c>, checked.</summary>
/// <param name="MaxPriceMinor">Largest total in minor units, or null.</param>
/// <param name="Sort"><c>price</c>, <c>-price</c> or <c>name</c>.</param>
internal sealed record SearchRequest(SearchQuery Query, long? MaxPriceMinor, string Sort, int Limit, string? After)
{
    private static readonly string[] Known = ["destination", "checkIn", "checkOut", "guests", "rooms", "maxPrice", "sort", "limit", "after"];

    public static SearchRequest? Read(IQueryCollection query, DateTimeOffset now, Findings findings)
    {
        foreach (var name in query.Keys.Except(Known, StringComparer.OrdinalIgnoreCase))
            findings.Require(false, name, $"is not a parameter of a search; there are {string.Join(", ", Known)}");

        var destination = query["destination"].ToString();
        findings.RequireText(destination, "destination", 64);
        var nights = new Nights(Date(query, "checkIn", findings), Date(query, "checkOut", findings));
        if (!findings.Any)
            StayLimits.Check(nights, "checkOut", now, findings);
        var guests = Number(query, "guests", 1, 1, StayLimits.MostGuests, findings);
        var rooms = Number(query, "rooms", 1, 1, StayLimits.MostRooms, findings);
        long? maxPrice = query.ContainsKey("maxPrice") ? Number(query, "maxPrice", 0, 0, 1_000_000_000_000, findings) : null;
        var sort = query.ContainsKey("sort") ? query["sort"].ToString() : "price";
        findings.Require(sort is "price" or "-price" or "name", "sort", "must be price, -price or name");
        var limit = Number(query, "limit", 50, 1, 200, findings);
        var after = query.ContainsKey("after") ? query["after"].ToString() : null;
        return findings.Any ? null : new SearchRequest(new SearchQuery(destination, nights, (int)guests, (int)rooms), maxPrice, sort, (int)limit, after);
    }

    /// <summary>An ISO date of the query.</summary>
    public static DateOnly Date(IQueryCollection query, string name, Findings findings)
    {
        findings.Require(
            DateOnly.TryParseExact(query[name].ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date),
            name, "must be a date such as 2030-01-10");
        return date;
    }

    /// <summary>A whole number of the query, or <paramref name="otherwise"/> when it is left out.</summary>
    public static long Number(IQueryCollection query, string name, long otherwise, long least, long most, Findings findings)
    {
        if (!query.ContainsKey(name))
            return otherwise;
        long? value = long.TryParse(query[name].ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
        return findings.RequireRange(value, name, least, most) ? value!.Value : otherwise;
    }
}
