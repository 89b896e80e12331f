using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Api.Reads;
using TravelHub.Api.Search;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Tests.Search;

public sealed class OfferSearchTests
{
    private static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 11));

    private readonly OfferSearch _search = new(cluster: null!, lastGood: null!, new FakeTimeProvider(Now));

    [Theory]
    [InlineData("price", "b/STD a/SUP c/STD d/STD")]
    [InlineData("-price", "d/STD a/SUP c/STD b/STD")]
    [InlineData("name", "c/STD b/STD a/SUP d/STD")]
    public void Page_EachOfferSoldOutOnceItWasShown_FindsAllOthers(string sort, string expected)
    {
        List<Offer> offers = [NewOffer("a", "SUP", 200, "Zur Post"), NewOffer("b", "STD", 100, "Casa/2"), NewOffer("c", "STD", 200, "Casa"), NewOffer("d", "STD", 300, "Ádám")];
        var shown = new List<string>();
        for (string? after = null; shown.Count == 0 || after is not null;)
        {
            var page = Page(offers, Wanted(sort, after));
            shown.AddRange(page.Data.Select(o => $"{o.PropertyId}/{o.RoomType}"));
            after = page.Meta.After;
            offers.RemoveAll(o => page.Data.Any(p => p.PropertyId == o.PropertyId));
        }

        Assert.Equal(expected, string.Join(' ', shown));
    }

    [Fact]
    public void Page_OfOneProperty_HasItsOffersHoweverManyAreCheaper()
    {
        Offer[] offers = [.. Enumerable.Range(0, 300).Select(i => NewOffer($"cheap-{i}", "STD", 100, "Casa")), NewOffer("dear", "STD", 900, "Palácio")];

        Assert.Equal("dear", Assert.Single(Page(offers, Wanted("price", after: null) with { PropertyId = "dear" }).Data).PropertyId);
    }

    [Fact]
    public void TryRead_PlaceOfAnotherOrder_IsNone()
    {
        var text = OfferPlace.Of(NewOffer("a", "STD", 200, "Casa"), "price").Write();

        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.Equal(new OfferPlace("price", 200, "", "a/STD"), OfferPlace.TryRead(text, "price"));
        Assert.Null(OfferPlace.TryRead(text, "name"));
    }

    private SearchAnswer Page(IEnumerable<Offer> offers, SearchRequest wanted) =>
        _search.Page(new Reading<ImmutableArray<Offer>>([.. offers], Now, ReadSource.Live, Degraded: false), wanted);

    private static SearchRequest Wanted(string sort, string? after) => new(
        new SearchQuery("lisbon", Nights, 1, 1), MaxPriceMinor: null, sort, Limit: 1, after is null ? null : OfferPlace.TryRead(after, sort));

    private static Offer NewOffer(string property, string roomType, long amountMinor, string name) => new(
        property, name, roomType, roomType, Sleeps: 2, [new NightRate(Nights.CheckIn, amountMinor)], new Money(amountMinor, "EUR"), RoomsLeft: 1,
        new CancellationPolicy(FreeUntilDaysBefore: 1, LateRefundPercent: 0), Now, Quote: "", Now);
}
