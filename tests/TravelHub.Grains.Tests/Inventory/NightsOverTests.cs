using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Inventory;

namespace TravelHub.Grains.Tests.Inventory;

/// <summary>A night that is over is nobody's any more.</summary>
public sealed class NightsOverTests
{
    private static readonly DateOnly FirstNight = new(2030, 1, 1);

    [Fact]
    public void Forget_NightsThatAreOver_StandInNoWayOfALowerCapacity()
    {
        var state = WithCapacity(2);
        Sell(state, 1, 0, 2);
        Sell(state, 2, 0, 4);
        Assert.IsType<CapacityOutcome.TooLow>(InventoryMachine.SetCapacity(state, range: null, 1, 0).Outcome);

        InventoryMachine.Forget(state, At(3));   // whoever is farthest behind has the second night behind him
        Apply(state, InventoryMachine.SetCapacity(state, range: null, 1, 0).Events);

        Assert.Equal([Id(2)], state.Sold.Keys);
        Assert.Equal([0, 0, 0, 0, 1], new[] { 0, 1, 2, 3, 4 }.Select(d => state.LeftOn(Night(d))));
        Assert.Equal(new HoldOutcome.SoldOut(Night(1), 0), InventoryMachine.PlaceHold(state, Id(3), new Nights(Night(1), Night(2)), 1, At(0)).Outcome);
    }

    [Fact]
    public void Settle_SaleThatIsForgotten_ChangesNothing()
    {
        var state = WithCapacity(2);
        Sell(state, 1, 0, 2);
        Sell(state, 2, 0, 4);
        InventoryMachine.Forget(state, At(3));

        Assert.Empty(InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 6)));
        Apply(state, InventoryMachine.Settle(state, Id(2), new HoldRuling(HoldFate.Released, 6)));

        Assert.Equal([2, 2], new[] { 2, 3 }.Select(d => state.LeftOn(Night(d))));
    }

    /// <summary>A snapshot holds what was sold before the capacity was lowered; and another activation, which had not forgotten yet, may have written on.</summary>
    [Fact]
    public void Read_SnapshotBelowWhatWasSold_GoesOn()
    {
        var state = WithCapacity(2);
        Sell(state, 1, 0, 3);
        Sell(state, 2, 2, 5);
        InventoryMachine.Forget(state, At(4));
        state.Base = new InventoryState.Capacity(0, 0);

        var read = InventorySnapshot.Read(InventorySnapshot.Write(state));
        Apply(read, [new InventoryEvent.Released(Id(1), 6), new InventoryEvent.Sold(Id(9), 6)]);

        Assert.Equal(state.Sold, read.Sold);
        Assert.Equal(state.Taken, read.Taken);
        Assert.Equal(Night(3), read.FirstNight);
    }

    [Fact]
    public void Apply_WordOfAHoldThatNeverWas_ThrowsWhereNothingIsForgotten() =>
        Assert.Throws<InvalidOperationException>(() => InventoryMachine.Apply(new InventoryState(), new InventoryEvent.Released(Id(1), 6)));

    private static InventoryState WithCapacity(int rooms) => new() { Base = new InventoryState.Capacity(rooms, 0) };

    private static void Sell(InventoryState state, int id, int from, int until) => Apply(
        state, [new InventoryEvent.Held(Id(id), new Nights(Night(from), Night(until)), 1, At(0)), new InventoryEvent.Sold(Id(id), 5)]);

    private static void Apply(InventoryState state, InventoryEvent[] events)
    {
        foreach (var happened in events)
            InventoryMachine.Apply(state, happened);
    }

    private static HoldId Id(int number) => new(new Guid(number, 0, 0, new byte[8]), 0);

    private static DateTimeOffset At(int day) => new(Night(day), TimeOnly.MinValue, TimeSpan.Zero);

    private static DateOnly Night(int day) => FirstNight.AddDays(day);
}
