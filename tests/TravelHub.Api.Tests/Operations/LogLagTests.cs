using TravelHub.Testing;

namespace TravelHub.Api.Tests.Operations;

public sealed class LogLagTests(GatewayFixture service)
{
    [Fact]
    public async Task Lag_NamesEachReaderWithEventsAndSeconds()
    {
        var lag = await (await service.Operator.Read("/v1/log/lag")).Json();

        var readers = lag["readers"]!.AsArray();
        Assert.Equal(["inventory", "ledger"], readers.Select(r => r!["name"]!.GetValue<string>()));
        Assert.All(readers, r => Assert.InRange(r!["events"]!.GetValue<long>(), 0, 100_000));
        Assert.All(readers, r => Assert.InRange(r!["seconds"]!.GetValue<double>(), 0, 600));
        Assert.InRange(lag["horizonSeconds"]!.GetValue<double>(), 0, 600);
    }

    [Fact]
    public async Task Lag_WithAClientsKey_Is403() => await (await service.Client.Read("/v1/log/lag")).IsProblem(403, "forbidden");
}
