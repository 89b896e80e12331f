using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Client.Tests.Http;

namespace TravelHub.Client.Tests.Catalogue;

public sealed class CatalogueImportTests
{
    [Fact]
    public async Task Put_OneIsRefused_PutsTheOthersAndNamesIt()
    {
        await using var gateway = new StandInGateway();
        using var client = new TravelHubClient(gateway.Url, "key", new ClientOptions(), TimeProvider.System, new Random(1));
        var entries = DemoCatalogue.Create().ToList();
        entries[41] = entries[41] with { Property = entries[41].Property with { Name = "refused" } };
        var progress = new List<int>();

        var refusals = await new CatalogueImport(client).Put(entries, progress.Add, TestContext.Current.CancellationToken);

        Assert.Equal(249, gateway.Properties.Count);
        Assert.Equal(Enumerable.Range(1, 250), progress);
        Assert.Equal($"entry 42 ({entries[41].Id}): 422 invalid: its name is refused", Assert.Single(refusals).ToString());
    }
}
