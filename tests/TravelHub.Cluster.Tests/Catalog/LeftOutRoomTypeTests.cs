using Npgsql;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Cluster.Tests.Catalog;

public sealed class LeftOutRoomTypeTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Put_RoomTypeLeftOut_OffersNoneOfItAndKeepsWhatIsTaken()
    {
        var id = await fixture.NewProperty(rooms: 3);
        var property = fixture.Cluster.Grains.GetGrain<IPropertyGrain>(id);
        var all = (await property.Get())!;
        await fixture.Inventory(id, "SUP").PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 2, new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Null(await property.Put(all with { RoomTypes = [all.RoomTypes[0]] }, await property.Version()));
        Assert.Equal((3, 0), (await Offered("STD"), await Offered("SUP")));

        Assert.Null(await property.Put(all, await property.Version()));
        Assert.Equal((3, 3), (await Offered("STD"), await Offered("SUP")));
        Assert.Equal(1, (await fixture.Inventory(id, "SUP").Availability(ClusterFixture.Nights))[0]);

        // What figures count as on offer.
        async Task<int> Offered(string roomType)
        {
            await using var command = fixture.Cluster.Database.CreateCommand("""
                SELECT (payload::jsonb ->> 'rooms')::int FROM reservation_events WHERE stream = $1 AND type = 'inventory.capacity-set.v1'
                ORDER BY version DESC LIMIT 1
                """);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"inventory/{id}/{roomType}" });
            return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
    }
}
