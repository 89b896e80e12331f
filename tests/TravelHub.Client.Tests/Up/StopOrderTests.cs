using TravelHub.Client.Up;

namespace TravelHub.Client.Tests.Up;

public sealed class StopOrderTests
{
    [Fact]
    public async Task Run_WholeCluster_StopsGatewayThenAllSilosAtOnceThenProvider()
    {
        var stopping = new List<string>();
        var bothSilos = new TaskCompletionSource();

        await StopOrder.Run(["provider", "silo-2", "gateway", "silo-1"], name => name, Stop);

        Assert.Equal("gateway", stopping[0]);
        Assert.Equal(["silo-1", "silo-2"], stopping[1..3].Order());
        Assert.Equal("provider", stopping[3]);

        async Task Stop(string name)
        {
            stopping.Add(name);
            if (stopping.Count == 3)
                bothSilos.SetResult();
            // A silo that waited for the other one to be stopped first would wait for ever.
            if (name.StartsWith("silo", StringComparison.Ordinal))
                await bothSilos.Task;
        }
    }

    [Fact]
    public async Task Run_OneCannotBeStopped_StopsTheOthersAndSaysSo()
    {
        var stopped = new List<string>();

        await Assert.ThrowsAsync<CommandFailure>(() => StopOrder.Run(["provider", "silo-1", "gateway"], name => name, Stop));

        Assert.Equal(["silo-1", "provider"], stopped);

        async Task Stop(string name)
        {
            await Task.Yield();
            if (name == "gateway")
                throw new CommandFailure("not permitted");
            stopped.Add(name);
        }
    }
}
