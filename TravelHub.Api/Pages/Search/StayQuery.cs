using System.Globalization;
using Microsoft.Extensions.Primitives;
using TravelHub.Api.Problems;
using TravelHub.Api.Search;

namespace TravelHub.Api.Pages.Search;

/// <summary>What a visitor looks for, as it stands in the address of every page: a link leads to what another one saw.</summary>
internal sealed record StayQuery(string Destination, DateOnly CheckIn, DateOnly CheckOut, int Guests, int Rooms)
{
    private const int DefaultDaysAhead = 28;
    private const int DefaultNights = 3;

    /// <summary>The form before anybody has written in it: some days in a few weeks, for two.</summary>
    public static StayQuery Default(DateTimeOffset now)
    {
        var checkIn = DateOnly.FromDateTime(now.UtcDateTime).AddDays(DefaultDaysAhead);
        return new StayQuery("", checkIn, checkIn.AddDays(DefaultNights), Guests: 2, Rooms: 1);
    }

    /// <summary>Takes from the address what can be read there, and the rest from <paramref name="otherwise"/>.</summary>
    public static StayQuery Read(IQueryCollection query, StayQuery otherwise) => new(
        query.TryGetValue("destination", out var destination) ? destination.ToString() : otherwise.Destination,
        Day(query["checkIn"]) ?? otherwise.CheckIn,
        Day(query["checkOut"]) ?? otherwise.CheckOut,
        Number(query["guests"]) ?? otherwise.Guests,
        Number(query["rooms"]) ?? otherwise.Rooms);

    /// <summary>The same as the API's search would take it, checked by the same rules.</summary>
    /// <param name="destination">As the catalogue spells it.</param>
    public SearchRequest? AsRequest(string destination, string sort, DateTimeOffset now, Findings findings) => SearchRequest.Read(
        new QueryCollection(new Dictionary<string, StringValues>
        {
            ["destination"] = destination,
            ["checkIn"] = Display.Iso(CheckIn),
            ["checkOut"] = Display.Iso(CheckOut),
            ["guests"] = Digits(Guests),
            ["rooms"] = Digits(Rooms),
            ["sort"] = sort,
            ["limit"] = "200",
        }), now, findings);

    /// <summary>As the query of an address, without the question mark.</summary>
    public string AsAddress() =>
        $"destination={Uri.EscapeDataString(Destination)}&checkIn={Display.Iso(CheckIn)}&checkOut={Display.Iso(CheckOut)}&guests={Digits(Guests)}&rooms={Digits(Rooms)}";

    private static DateOnly? Day(StringValues text) =>
        DateOnly.TryParseExact(text.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static int? Number(StringValues text) =>
        int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
