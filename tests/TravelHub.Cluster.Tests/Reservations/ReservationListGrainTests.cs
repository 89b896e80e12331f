using TravelHub.Grains.Abstractions.Reservations;

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
}
