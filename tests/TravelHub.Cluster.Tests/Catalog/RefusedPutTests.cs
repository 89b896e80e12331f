using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Cluster.Tests.Catalog;

public sealed class RefusedPutTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    /// <summary>One room type would have less than is held: the others keep what they had, raised and lowered alike.</summary>
    [Fact]
    public async Task Put_OneCapacityIsTooLow_ChangesNone()
    {
        var id = await fixture.NewProperty(rooms: 10);
        var property = fixture.Cluster.Grains.GetGrain<IPropertyGrain>(id);
        var (before, suite) = ((await property.Get())!, new RoomType("XL", "Suite", 2, 10, 20_000, []));
        before = before with { RoomTypes = [.. before.RoomTypes, suite] };
        Assert.Null(await property.Put(before, await property.Version()));
        await fixture.Inventory(id, "STD").SetCapacity(null, rooms: 12, allowance: 1, version: 1);   // an operator's own word, of which the entry knows nothing
        await fixture.Inventory(id, "SUP").PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 6, new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));

        var refused = await property.Put(before with
        {
            RoomTypes = [before.RoomTypes[0] with { Rooms = 20 }, before.RoomTypes[1] with { Rooms = 5 }, suite with { Rooms = 3 }],
        }, await property.Version());

        Assert.Equal("capacity-too-low", refused!.Code);
        Assert.Equal(before.RoomTypes, (await property.Get())!.RoomTypes);
        var left = await Task.WhenAll(Left("STD"), Left("SUP"), Left("XL"));
        Assert.Equal([13, 4, 10], left);

        async Task<int> Left(string roomType) => (await fixture.Inventory(id, roomType).Availability(ClusterFixture.Nights))[0];
    }
}
