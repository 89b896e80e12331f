using System.Threading.Channels;
using TravelHub.Client.Instances;
using TravelHub.Client.Tests.Postgres;
using TravelHub.Client.Up;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Up;

public sealed class SiloWishesTests(PostgresFixture postgres) : IDisposable
{
    private const string Silo = "silo-2";

    private readonly TemporaryFolder _folder = new();
    private readonly HurriedTime _time = new();
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UntilWanted_TakenAwayWhileNothingCanBeKept_StaysAwayUntilItIsWantedAgain()
    {
        var database = await postgres.NewTravelHubDatabase($"wishes_{Guid.NewGuid():N}", Cancellation);
        await Query.Scalar(database, $"INSERT INTO silo_wishes (cluster_id, silo, is_wanted, asked_by) VALUES ('c', '{Silo}', false, 'ann')");
        var folder = new DataFolder(_folder.In("data"));
        folder.Create();
        Directory.CreateDirectory(folder.InstanceFile + ".new");   // in the way of the file, as a full disk is
        var wishes = new SiloWishes(database, "c", new InstanceStore(folder), line => _said.Writer.TryWrite(line), _time);

        var wait = wishes.UntilWanted(Silo, Cancellation);
        Assert.Contains("could not be kept", await Next(_said), StringComparison.Ordinal);
        Assert.Contains("was taken away", await Next(_said), StringComparison.Ordinal);
        await Looks();

        await Query.Scalar(database, "ALTER TABLE silo_wishes RENAME TO silo_wishes_of_before");   // no answer: the last one holds
        await Looks();
        Assert.False(wait.IsCompleted);
        Assert.False(_said.Reader.TryRead(out _));   // a trouble that goes on is told of once

        await Query.Scalar(database, "ALTER TABLE silo_wishes_of_before RENAME TO silo_wishes");
        await Query.Scalar(database, "UPDATE silo_wishes SET is_wanted = true");
        await wait.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        Assert.Contains("is wanted again", await Next(_said), StringComparison.Ordinal);
    }

    private async Task Looks()
    {
        while (_time.Waits.Reader.TryRead(out _))
        {
        }

        for (var i = 0; i < 3; i++)
            await Next(_time.Waits);
    }

    private static Task<T> Next<T>(Channel<T> channel) => channel.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

    /// <summary>Every wait is over at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public Channel<TimeSpan> Waits { get; } = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Writer.TryWrite(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }
}
