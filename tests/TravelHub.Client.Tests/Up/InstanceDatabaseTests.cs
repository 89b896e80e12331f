using System.Threading.Channels;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Up;

public sealed class InstanceDatabaseTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartPrivate_RecordOfARestartCannotBeKept_IsTriedAgainAndTheServerStaysLookedAfter()
    {
        using var temporary = new TemporaryFolder();
        var folder = new DataFolder(temporary.In("data"));
        folder.Create();
        var store = new InstanceStore(folder);
        var said = Channel.CreateUnbounded<string>();
        using var database = new InstanceDatabase(folder, store, line => said.Writer.TryWrite(line), TimeProvider.System);
        await database.StartPrivate(Cancellation);
        try
        {
            var inTheWay = folder.InstanceFile + ".new";
            Directory.CreateDirectory(inTheWay);
            var first = Server();
            Signals.End(first);
            await Until("ended; starting it again");
            await Until("could not be started again");
            Directory.Delete(inTheWay);
            while (Server() == first)
            {
                Cancellation.ThrowIfCancellationRequested();
                await Task.Yield();
            }

            Assert.True(Server().IsAlive);
            Signals.End(Server());
            await Until("ended; starting it again");
        }
        finally
        {
            await database.Stop();
        }

        ProcessIdentity Server() => store.Current.Processes[InstanceDatabase.ProcessName].Identity;

        async Task Until(string part)
        {
            while (!(await said.Reader.ReadAsync(Cancellation)).Contains(part, StringComparison.Ordinal))
            {
            }
        }
    }
}
