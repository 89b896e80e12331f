using System.CommandLine;
using TravelHub.Client.Instances;
using TravelHub.Client.Payments;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Payments;

public sealed class PaymentsCommandTests(PostgresFixture fixture)
{
    [Fact]
    public async Task Reconcile_StoreIsNone_SaysSo()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.Path);
        await File.WriteAllTextAsync(folder.PaymentsStore, "This is no store of anything.");
        var database = await fixture.NewTravelHubDatabase("reconcile_nothing", TestContext.Current.CancellationToken);

        var failure = await Assert.ThrowsAsync<CommandFailure>(() => PaymentsCommand.Create()
            .Parse(["reconcile", "--data", folder.Path, "--postgres", database])
            .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }, TestContext.Current.CancellationToken));

        Assert.Contains("not a database", failure.Message, StringComparison.Ordinal);
    }
}
