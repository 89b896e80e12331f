using System.Text.Json.Nodes;
using TravelHub.Testing;

namespace TravelHub.Api.Tests.Catalog;

public sealed class DestinationsTests(GatewayFixture service)
{
    [Fact(Timeout = 60_000)]
    public async Task Destinations_AfterAPut_NameWhereThePropertyIs()
    {
        var destination = await service.NewProperty(rooms: 1, TestContext.Current.CancellationToken);   // in a destination of its own, of the same name

        // Somebody else may have asked a moment ago: what is remembered of that is asked anew within a second, by a busy machine a little later.
        JsonObject list;
        do
            list = await (await service.Anyone.Read("/v1/destinations")).Json();
        while (!list["data"]!.AsArray().Select(name => name!.GetValue<string>()).Contains(destination) || list["degraded"]!.GetValue<bool>());
    }
}
