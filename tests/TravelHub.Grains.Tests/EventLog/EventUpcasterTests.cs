using System.Text.Json.Nodes;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;

namespace TravelHub.Grains.Tests.EventLog;

/// <summary>Made-up older versions of an event: none was ever stored.</summary>
public sealed class EventUpcasterTests
{
    // Version -1 said "beds", two to a room; version 0 knew no allowance.
    private static readonly Dictionary<string, EventUpcaster> Upcasters = new[]
    {
        new EventUpcaster("inventory.capacity-set", -1, old => new JsonObject { ["rooms"] = (int)old["beds"]! / 2 }),
        new EventUpcaster("inventory.capacity-set", 0, old =>
        {
            old["allowance"] = 0;
            return old;
        }),
    }.ToDictionary(u => u.From);

    [Theory]
    [InlineData("inventory.capacity-set.v-1", """{"beds":8}""")]
    [InlineData("inventory.capacity-set.v0", """{"rooms":4}""")]
    [InlineData("inventory.capacity-set.v1", """{"rooms":4,"allowance":0}""")]
    public void Read_AnyVersion_IsTheEventOfToday(string type, string payload) =>
        Assert.Equal(new InventoryEvent.CapacitySet(null, 4, 0), EventTypes.Read(type, payload, Upcasters));

    [Fact]
    public void Read_NoUpcasterForTheVersion_SaysWhich() => Assert.Contains(
        "inventory.capacity-set.v-2",
        Assert.Throws<InvalidOperationException>(() => EventTypes.Read("inventory.capacity-set.v-2", "{}", Upcasters)).Message,
        StringComparison.Ordinal);
}
