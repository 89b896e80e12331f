using TravelHub.Client.Instances;
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
}
