using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Reservations;

namespace TravelHub.Cluster.Tests.Reservations;

public sealed class ReservationListGrainTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task News_AfterABooking_BeginsWithItsLastEvents()
    {
        var property = await fixture.NewProperty(rooms: 3);
        var (other, id) = (Guid.NewGuid(), Guid.NewGuid());
        await fixture.Reservation(other).Book(ClusterFixture.Booking(property));
        await fixture.Reservation(id).Book(ClusterFixture.Booking(property));

        var news = await fixture.Cluster.Grains.GetGrain<IReservationListGrain>(0).News(limit: 200);

        var own = news.TakeWhile(one => one.Id == id).ToArray();
        Assert.Equal("reservation.confirmed.v1", own[0].Type);
        Assert.Equal("reservation.requested.v1", own[^1].Type);
        Assert.Equal(Enumerable.Range(1, own.Length).Reverse().Select(version => (long)version), own.Select(one => one.Version));
        Assert.Contains(news, one => one.Id == other);
        Assert.All(news, one => Assert.StartsWith("reservation.", one.Type, StringComparison.Ordinal));
    }

    [Fact]
    public async Task News_Limited_IsThatMany()
    {
        var property = await fixture.NewProperty(rooms: 3);
        await fixture.Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property));

        Assert.Equal(2, (await fixture.Cluster.Grains.GetGrain<IReservationListGrain>(0).News(limit: 2)).Length);
    }

    // A page that reads all pages before it makes a list of a hundred thousand take minutes.
    [Fact]
    public async Task List_OnAnyPage_BeginsWhereTheIndexLeadsIt()
    {
        await using var connection = await fixture.Cluster.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"PREPARE page (text, timestamptz, uuid, int) AS {ReservationListGrain.PageSql}";
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        command.CommandText = "EXPLAIN EXECUTE page ('owner', now(), gen_random_uuid(), 100)";

        var plan = new List<string>();
        await using (var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await rows.ReadAsync(TestContext.Current.CancellationToken))
                plan.Add(rows.GetString(0));
        }

        var condition = Assert.Single(plan, line => line.Contains("Index Cond", StringComparison.Ordinal));
        Assert.Contains("created_at", condition, StringComparison.Ordinal);
        Assert.DoesNotContain(plan, line => line.Contains("Filter", StringComparison.Ordinal) || line.Contains("Sort", StringComparison.Ordinal));
    }
}
