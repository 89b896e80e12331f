using TravelHub.Client.Catalogue;
using TravelHub.Client.Instances;
using TravelHub.Client.Tests.Http;
using TravelHub.Client.Up;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Up;

public sealed class UpCommandTests
{
    [Fact]
    public async Task Invoke_FolderIsInUse_SaysSoAndStartsNothing()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.In("data"));
        folder.Create();
        using var first = InstanceLock.TryTake(folder);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => UpCommand.Create().Parse(["--data", folder.Path]).InvokeAsync(
            new System.CommandLine.InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains(folder.Path, failure.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Postgres));
    }

    [Fact]
    public async Task FirstStart_PropertyIsRefused_SaysSoAndIsDoneAgain()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.In("data"));
        folder.Create();
        var refused = DemoCatalogue.Create()[7].Id;
        await using var gateway = new StandInGateway { RefusedProperty = refused };
        var store = new InstanceStore(folder);
        store.Update(instance => instance with { Url = gateway.Url });
        var said = new List<string>();

        await UpCommand.FirstStart(store, said.Add, TestContext.Current.CancellationToken);

        Assert.False(store.Current.FirstStartDone);
        Assert.StartsWith("1 properties of the demo catalogue were refused", Assert.Single(said), StringComparison.Ordinal);
        Assert.Contains(refused, said[0], StringComparison.Ordinal);

        gateway.RefusedProperty = null;
        await UpCommand.FirstStart(store, said.Add, TestContext.Current.CancellationToken);

        Assert.True(store.Current.FirstStartDone);
        Assert.Single(said);
    }
}
