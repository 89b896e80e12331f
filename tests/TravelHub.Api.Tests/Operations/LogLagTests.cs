using TravelHub.Testing;

namespace TravelHub.Api.Tests.Operations;

public sealed class LogLagTests(GatewayFixture service)
{
    [Fact]
    public async Task Lag_NamesEachReaderWithEventsAndSeconds()
    {
        var lag = await (await service.Operator.Read("/v1/log/lag")).Json();

        var reader = Assert.Single(lag["readers"]!.AsArray())!;
        Assert.Equal("inventory", reader["name"]!.GetValue<string>());
        Assert.InRange(reader["events"]!.GetValue<long>(), 0, 100_000);
        Assert.InRange(reader["seconds"]!.GetValue<double>(), 0, 600);
        Assert.InRange(lag["horizonSeconds"]!.GetValue<double>(), 0, 600);
    }

    [Fact]
    public async Task Lag_WithAClientsKey_Is403() => await (await service.Client.Read("/v1/log/lag")).IsProblem(403, "forbidden");
}
