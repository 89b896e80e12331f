using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Cluster.Tests.Catalog;

/// <summary>What was asked for before something else was set comes late, as from a silo that stood still: it undoes nothing.</summary>
public sealed class LateSettingTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task SetCapacity_AskedForBeforeAnotherWasSet_SetsNothing()
    {
        var inventory = fixture.Inventory(await fixture.NewProperty(rooms: 10));
        var version = await inventory.CapacityVersion();
        var first = Assert.IsType<CapacityOutcome.Set>(await inventory.SetCapacity(null, rooms: 20, allowance: 0, version));
        var second = Assert.IsType<CapacityOutcome.Set>(await inventory.SetCapacity(null, rooms: 5, allowance: 0, first.Version));

        var late = await inventory.SetCapacity(null, rooms: 20, allowance: 0, version);

        Assert.Equal(new CapacityOutcome.Overtaken(second.Version), late);
        Assert.Equal(5, (await inventory.Availability(ClusterFixture.Nights))[0]);
        Assert.Equal((10, 20), (first.RoomsBefore, second.RoomsBefore));
    }

    [Fact]
    public async Task Put_AskedForBeforeAnotherWasPut_ChangesNeitherEntryNorCapacity()
    {
        var id = await fixture.NewProperty(rooms: 10);
        var property = fixture.Cluster.Grains.GetGrain<IPropertyGrain>(id);
        var (entry, version) = ((await property.Get())!, await property.Version());
        Assert.Null(await property.Put(entry with { RoomTypes = [entry.RoomTypes[0] with { Rooms = 5 }] }, version));

        var late = await property.Put(entry with { RoomTypes = [entry.RoomTypes[0] with { Rooms = 20 }] }, version);

        Assert.Equal(IPropertyGrain.Overtaken, late?.Code);
        Assert.Equal(5, (await property.Get())!.RoomTypes[0].Rooms);
        Assert.Equal(5, (await fixture.Inventory(id).Availability(ClusterFixture.Nights))[0]);
        Assert.Equal(version + 1, await property.Version());
    }
}
