using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Reservations;

public sealed class ReservationListRebuildTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private GrainCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await GrainCluster.Start(
        await postgres.NewTravelHubDatabase($"rebuild_{Guid.NewGuid():N}", TestContext.Current.CancellationToken), provider);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private static readonly TimeSpan ResumeAfter = new ReservationOptions().ResumeAfter;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SELECT", 0, 0, 0)]
    [InlineData("DELETE FROM reservations", 5, 0, 0)]
    [InlineData("UPDATE reservations SET owner = 'eve', status = 'pending', version = 99, created_at = now(), wake_at = now(), view = '{}'", 0, 5, 0)]
    [InlineData("UPDATE reservations SET view = view || ' ' WHERE status = 'confirmed'", 0, 1, 0)]
    [InlineData("UPDATE reservations SET wake_at = NULL WHERE status = 'held'", 0, 1, 0)]
    [InlineData("INSERT INTO reservations VALUES (gen_random_uuid(), 'eve', 'held', 1, now(), NULL, '{}')", 0, 0, 1)]
    public async Task Run_DamagedRows_AreWhatTheyWereByteForByte(string damage, long missing, long wrong, long surplus)
    {
        await BookOneOfEach();
        var before = await Rows();
        await Execute(damage);

        var report = await ReservationListRebuild.Run(_cluster.Database, ResumeAfter, Cancellation);

        Assert.Equal(new RebuildReport(6, missing, wrong, surplus), report);
        Assert.Equal(before, await Rows());
    }

    /// <summary>Rows that appends write meanwhile are never set back.</summary>
    [Fact]
    public async Task Run_WhileBookingsGoOn_LeavesEachRowAtItsStreamsVersion()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 100);
        var bookings = Enumerable.Range(0, 40).Select(async _ =>
        {
            var id = Guid.NewGuid();
            await Reservation(id).Book(ClusterFixture.Booking(property));
            await Reservation(id).Cancel(new CancelCommand("ann", null));
        }).ToArray();
        var all = Task.WhenAll(bookings);
        var beside = 0;
        do
        {
            var report = await ReservationListRebuild.Run(_cluster.Database, ResumeAfter, Cancellation);
            Assert.Equal((0, 0, 0), (report.Missing, report.Wrong, report.Surplus));   // each repairs what the one before it did wrong
            if (report.Streams > 0 && !all.IsCompleted)
                beside++;
        }
        while (!all.IsCompleted);
        await all;
        Assert.True(beside > 0, "It ran beside no bookings.");

        var last = await ReservationListRebuild.Run(_cluster.Database, ResumeAfter, Cancellation);

        Assert.Equal((0, 0, 0), (last.Missing, last.Wrong, last.Surplus));
    }

    // Confirmed, cancelled, sold out, declined, held; and one that was abandoned, which has no row.
    private async Task BookOneOfEach()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 3);
        var cancelled = Guid.NewGuid();
        await Reservation(cancelled).Book(ClusterFixture.Booking(property));
        await Reservation(cancelled).Cancel(new CancelCommand("ann", null));
        await Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property));
        await Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property, token: "tok_declined"));
        await Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property, BookingMode.Hold));
        await Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(await ClusterFixture.NewProperty(_cluster.Grains, rooms: 0)));
        await Reservation(Guid.NewGuid()).RuleOnHold(0, $"{property}/STD", ClusterFixture.Nights, 1);
    }

    private IReservationGrain Reservation(Guid id) => _cluster.Grains.GetGrain<IReservationGrain>(id);

    private async Task<List<string>> Rows()
    {
        await using var command = _cluster.Database.CreateCommand("SELECT reservations::text FROM reservations ORDER BY id");
        var texts = new List<string>();
        await using var rows = await command.ExecuteReaderAsync(Cancellation);
        while (await rows.ReadAsync(Cancellation))
            texts.Add(rows.GetString(0));
        return texts;
    }

    private async Task Execute(string sql)
    {
        await using var command = _cluster.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
