using TravelHub.Client.Catalogue;
using TravelHub.Client.Replay;
using TravelHub.Client.Tests.Http;

namespace TravelHub.Client.Tests.Replay;

public sealed class ReplayCommandTests
{
    [Theory]
    [InlineData("/no/such/file.csv", "--url", "http://127.0.0.1:9", "--operator-key", "o", "--client-key", "c")]
    [InlineData("SAMPLE", "--url", "http://127.0.0.1:9", "--operator-key", "o")]
    [InlineData("SAMPLE", "--data", "/no/such/folder")]
    [InlineData("SAMPLE", "--url", "http://127.0.0.1:9", "--operator-key", "o", "--client-key", "c", "--connection", "nonsense")]
    [InlineData("SAMPLE", "--url", "http://127.0.0.1:9", "--operator-key", "o", "--client-key", "c", "--provider-store", "/no/such/store")]
    public async Task Invoke_UnusableInput_ExitsWithTwo(params string[] args) =>
        Assert.Equal(2, await Invoke(args));

    [Fact]
    public async Task Invoke_ChecksThatCouldNotBeMade_AreNoSuccess()
    {
        await using var gateway = new StandInGateway();

        var exitCode = await Invoke(
            "SAMPLE", "--url", gateway.Url.ToString(), "--operator-key", "o", "--client-key", "c", "--limit", "20", "--json");

        Assert.Equal(1, exitCode);
        Assert.Equal(2, gateway.Properties.Count);
        Assert.Equal(19, gateway.Reservations.Count);
    }

    [Fact]
    public async Task Invoke_CatalogueDemo_PutsEveryProperty()
    {
        await using var gateway = new StandInGateway();

        var exitCode = await CatalogueCommand.Create()
            .Parse(["demo", "--url", gateway.Url.ToString(), "--key", "o"]).InvokeAsync(null, TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        Assert.Equal(250, gateway.Properties.Count);
    }

    private static Task<int> Invoke(params string[] args) => ReplayCommand.Create()
        .Parse(args.Select(arg => arg == "SAMPLE" ? SampleDemand.Path : arg).ToArray())
        .InvokeAsync(null, TestContext.Current.CancellationToken);
}
