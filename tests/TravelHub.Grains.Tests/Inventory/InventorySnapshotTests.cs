using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Inventory;

namespace TravelHub.Grains.Tests.Inventory;

public sealed class InventorySnapshotTests
{
    private const int Least = 1_000;

    private static readonly DateOnly FirstNight = new(2030, 1, 1);

    /// <summary>What is written of a room type grows with what happens there, not with what happened times what was sold before it.</summary>
    [Fact]
    public void IsDue_ManySales_CostsEachEventTheSame()
    {
        var state = new InventoryState { Base = new InventoryState.Capacity(1_000_000, 0) };
        var (events, atLast, snapshots, entries) = (0L, 0L, 0, 0L);
        for (var sale = 1; sale <= 40_000; sale++)
        {
            var hold = new HoldId(new Guid(sale, 0, 0, new byte[8]), 0);
            InventoryMachine.Apply(state, new InventoryEvent.Held(hold, new Nights(FirstNight, FirstNight.AddDays(2)), 1, DateTimeOffset.MaxValue));
            InventoryMachine.Apply(state, new InventoryEvent.Sold(hold, 4));
            events += 2;
            if (!InventorySnapshot.IsDue(state, events - atLast, Least))
                continue;
            (atLast, snapshots, entries) = (events, snapshots + 1, entries + state.Sold.Count);
        }

        Assert.InRange(snapshots, 20, 40);
        Assert.InRange(entries, 0, 5 * events);
    }

    [Fact]
    public void IsDue_FewSales_WaitsForTheLeast()
    {
        Assert.False(InventorySnapshot.IsDue(new InventoryState(), Least - 1, Least));
        Assert.True(InventorySnapshot.IsDue(new InventoryState(), Least, Least));
    }
}
