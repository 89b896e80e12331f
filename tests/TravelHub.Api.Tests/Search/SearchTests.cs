using TravelHub.Testing;

namespace TravelHub.Api.Tests.Search;

public sealed class SearchTests(GatewayFixture service)
{
    [Theory]
    [InlineData("")]
    [InlineData("destination=lisbon")]
    [InlineData("destination=lisbon&checkIn=2030-01-13&checkOut=2030-01-10")]
    [InlineData("destination=lisbon&checkIn=2020-01-10&checkOut=2020-01-13")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2031-02-14")]
    [InlineData("destination=lisbon&checkIn=10.1.2030&checkOut=13.1.2030")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&guests=0")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&maxPrice=99999999999999999999")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&sort=random")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&limit=201")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&chekIn=2030-01-10")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&after=nonsense")]
    [InlineData("destination=lisbon&checkIn=2030-01-10&checkOut=2030-01-13&after=")]
    public async Task Search_BadQuery_Is422(string query) =>
        await (await service.Anyone.Read($"/v1/search?{query}")).IsProblem(422, "invalid-request");

    [Fact]
    public async Task Search_PageByPage_GivesEachOfferOnce()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var query = $"/v1/search?destination={property}&checkIn=2030-01-10&checkOut=2030-01-13&guests=2&limit=1";
        var first = await (await service.Anyone.Read(query)).Json();
        var second = await (await service.Anyone.Read($"{query}&after={first["meta"]!["after"]!.GetValue<string>()}")).Json();

        Assert.Equal("STD", Assert.Single(first["data"]!.AsArray())!["roomType"]!.GetValue<string>());
        Assert.Equal("SUP", Assert.Single(second["data"]!.AsArray())!["roomType"]!.GetValue<string>());
    }

    [Fact]
    public async Task Search_QuotedOffer_BooksAtThatPrice()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var found = await (await service.Anyone.Read($"/v1/search?destination={property}&checkIn=2030-01-10&checkOut=2030-01-13&guests=2")).Json();
        var offer = found["data"]![0]!;
        var booked = await service.Client.Booked(Requests.Booking(property).WithStay("quote", offer["quote"]!.GetValue<string>()));

        Assert.Equal("confirmed", booked["status"]!.GetValue<string>());
        Assert.Equal(offer["total"]!.ToJsonString(), booked["total"]!.ToJsonString());
    }

    [Fact]
    public async Task Search_OffersTotal_BooksAtThatPriceAndAtNoOther()
    {
        var property = await service.NewProperty(rooms: 5, TestContext.Current.CancellationToken);
        var found = await (await service.Anyone.Read($"/v1/search?destination={property}&checkIn=2030-01-10&checkOut=2030-01-13&guests=2")).Json();
        var total = found["data"]![0]!["total"]!;

        var booked = await service.Client.Booked(Requests.Booking(property).WithStay("total", total.DeepClone()));
        total["amountMinor"] = 1;
        var refused = await service.Client.Book(Requests.Booking(property).WithStay("total", total.DeepClone()));

        Assert.Equal("confirmed", booked["status"]!.GetValue<string>());
        await refused.IsProblem(409, "price-changed");
    }

    [Fact]
    public async Task UnknownAddress_Is404() => await (await service.Anyone.Read("/v1/nothing-here")).IsProblem(404, "not-found");
}
