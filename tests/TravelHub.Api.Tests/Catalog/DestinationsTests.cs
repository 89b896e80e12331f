using TravelHub.Testing;

namespace TravelHub.Api.Tests.Catalog;

public sealed class DestinationsTests(GatewayFixture service)
{
    // The gateway keeps the list for a minute, and nobody else here asks for it.
    [Fact]
    public async Task Destinations_AfterAPut_NameWhereThePropertyIs()
    {
        var destination = await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken);   // in a destination of its own, of the same name

        var list = await (await service.Anyone.Read("/v1/destinations")).Json();

        Assert.Contains(destination, list["data"]!.AsArray().Select(name => name!.GetValue<string>()));
    }
}
