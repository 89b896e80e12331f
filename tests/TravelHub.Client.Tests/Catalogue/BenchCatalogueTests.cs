using TravelHub.Client.Catalogue;
using TravelHub.Client.Tests.Http;

namespace TravelHub.Client.Tests.Catalogue;

public sealed class BenchCatalogueTests
{
    [Fact]
    public void Create_Catalogue_IsWhatBenchmarksAskFor()
    {
        var entries = BenchCatalogue.Create(1_000);

        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => $"bench-{i}"), entries.Select(entry => entry.Id));
        Assert.Equal(Enumerable.Range(1, 1_000).Select(i => $"dest-{i % 50}"), entries.Select(entry => entry.Property.Destination));
        Assert.All(entries, entry =>
        {
            var roomType = Assert.Single(entry.Property.RoomTypes);
            Assert.Equal(("STD", 2, 100_000_000, 12_000), (roomType.Code, roomType.Sleeps, roomType.Rooms, roomType.NightlyMinor));
            Assert.Equal("EUR", entry.Property.Currency);
        });
    }

    [Fact]
    public async Task Invoke_Twice_PutsEachPropertyAndSucceeds()
    {
        await using var gateway = new StandInGateway();
        string[] args = ["--room-types", "120", "--callers", "4", "--url", gateway.Url.ToString(), "--key", "o"];

        for (var run = 1; run <= 2; run++)
            Assert.Equal(0, await BenchCatalogueCommand.Create().Parse(args).InvokeAsync(null, TestContext.Current.CancellationToken));

        Assert.Equal(BenchCatalogue.Create(120).Select(entry => entry.Id).Order(), gateway.Properties.Keys.Order());
    }

    [Fact]
    public async Task Invoke_NoInstance_ExitsWithTwo() =>
        Assert.Equal(2, await BenchCatalogueCommand.Create().Parse(["--data", "/no/such/folder"]).InvokeAsync(null, TestContext.Current.CancellationToken));
}
