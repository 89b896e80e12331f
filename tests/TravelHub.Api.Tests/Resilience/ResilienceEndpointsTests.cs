using TravelHub.Testing;

namespace TravelHub.Api.Tests.Resilience;

public sealed class ResilienceEndpointsTests(GatewayFixture service)
{
    [Fact]
    public async Task Show_AllWell_NamesEachDependencyAsClosed()
    {
        var shown = await (await service.Operator.Read("/v1/resilience")).Json();

        var names = shown["dependencies"]!.AsArray().Select(d => d!["name"]!.GetValue<string>());
        Assert.Equal(["search", "properties", "reservations", "reservation-list"], names);
        Assert.All(shown["dependencies"]!.AsArray(), d => Assert.Equal("closed", d!["breaker"]!["state"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Show_WithAClientsKey_Is403() => await (await service.Client.Read("/v1/resilience")).IsProblem(403, "forbidden");
}
