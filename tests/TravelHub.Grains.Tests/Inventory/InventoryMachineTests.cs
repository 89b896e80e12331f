using CsCheck;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Inventory;

namespace TravelHub.Grains.Tests.Inventory;

public sealed class InventoryMachineTests
{
    private static readonly DateOnly FirstNight = new(2030, 1, 1);
    private static readonly DateTimeOffset Now = new(2029, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PlaceHold_RoomsLeft_HoldsEveryNight()
    {
        var state = WithCapacity(3);

        Assert.IsType<HoldOutcome.Held>(Hold(state, 1, 0, 2, rooms: 2));

        Assert.Equal([1, 1, 3], new[] { 0, 1, 2 }.Select(d => state.LeftOn(Night(d))));
    }

    [Fact]
    public void PlaceHold_OneNightFull_TakesNoNight()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 1, 2);

        var outcome = Hold(state, 2, 0, 3);

        Assert.Equal(new HoldOutcome.SoldOut(Night(1), 0), outcome);
        Assert.Equal(1, state.LeftOn(Night(0)));
    }

    [Fact]
    public void PlaceHold_SameIdAgain_ChangesNothing()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 0, 2);

        var (outcome, events) = InventoryMachine.PlaceHold(state, Id(1), new Nights(Night(0), Night(2)), 1, Now);

        Assert.IsType<HoldOutcome.Held>(outcome);
        Assert.Empty(events);
    }

    /// <summary>The answer Held would be about other rooms than those that were asked for.</summary>
    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(1, 2, 1)]
    [InlineData(0, 2, 2)]
    public void PlaceHold_KnownIdWithOtherNightsOrRooms_Throws(int from, int until, int rooms)
    {
        var held = WithCapacity(9);
        Hold(held, 1, 0, 2);
        var sold = WithCapacity(9);
        Hold(sold, 1, 0, 2);
        Apply(sold, InventoryMachine.Settle(sold, Id(1), new HoldRuling(HoldFate.Sold, 5)));

        Assert.Throws<InvalidOperationException>(() => Hold(held, 1, from, until, rooms));
        Assert.Throws<InvalidOperationException>(() => Hold(sold, 1, from, until, rooms));
    }

    [Fact]
    public void PlaceHold_UnknownRoomType_IsSoldOut() =>
        Assert.Equal(new HoldOutcome.SoldOut(Night(0), 0), Hold(new InventoryState(), 1, 0, 1));

    [Fact]
    public void Settle_Released_GivesRoomsBackOnce()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 0, 2);

        Apply(state, InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 3)));

        Assert.Equal(1, state.LeftOn(Night(0)));
        Assert.Empty(InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 3)));
    }

    [Fact]
    public void Settle_OlderWordThanSale_IsIgnored()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 0, 2);
        Apply(state, InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Sold, 5)));

        Assert.Empty(InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 4)));
        Assert.Single(InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 8)));
    }

    [Fact]
    public void Settle_Keep_ChangesNothing()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 0, 2);

        Assert.Empty(InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Keep, 2)));
    }

    [Fact]
    public void SetCapacity_BelowTaken_NamesTheNights()
    {
        var state = WithCapacity(2);
        Hold(state, 1, 1, 3, rooms: 2);

        var (outcome, events) = InventoryMachine.SetCapacity(state, range: null, rooms: 1, allowance: 0);

        Assert.Equal([Night(1), Night(2)], Assert.IsType<CapacityOutcome.TooLow>(outcome).Nights);
        Assert.Empty(events);
    }

    [Fact]
    public void SetCapacity_Range_OverridesTheBaseThere()
    {
        var state = WithCapacity(2);

        Apply(state, InventoryMachine.SetCapacity(state, new Nights(Night(1), Night(2)), rooms: 0, allowance: 1).Events);
        Apply(state, InventoryMachine.SetCapacity(state, range: null, rooms: 5, allowance: 0).Events);

        Assert.Equal([5, 1, 5], new[] { 0, 1, 2 }.Select(d => state.LeftOn(Night(d))));
    }

    [Fact]
    public void Due_OnlyHoldsWhoseTimeIsUp_AndNoSales()
    {
        var state = WithCapacity(9);
        Apply(state, InventoryMachine.PlaceHold(state, Id(1), new Nights(Night(0), Night(1)), 1, Now).Events);
        Apply(state, InventoryMachine.PlaceHold(state, Id(2), new Nights(Night(0), Night(1)), 1, Now.AddSeconds(1)).Events);
        Apply(state, InventoryMachine.PlaceHold(state, Id(3), new Nights(Night(0), Night(1)), 1, Now).Events);
        Apply(state, InventoryMachine.Settle(state, Id(3), new HoldRuling(HoldFate.Sold, 2)));

        Assert.Equal([Id(1)], InventoryMachine.Due(state, Now).Select(h => h.Hold));
    }

    [Fact]
    public void Apply_MoreThanCapacity_Throws()
    {
        var state = WithCapacity(1);

        Assert.Throws<InvalidOperationException>(() =>
            InventoryMachine.Apply(state, new InventoryEvent.Held(Id(1), new Nights(Night(0), Night(1)), 2, Now)));
    }

    [Fact]
    public void PlaceHold_ReleasedBefore_IsRefusedUntilItsTimeIsUp()
    {
        var state = WithCapacity(1);
        Hold(state, 1, 0, 2);
        Apply(state, InventoryMachine.Settle(state, Id(1), new HoldRuling(HoldFate.Released, 6)));

        InventoryMachine.Forget(state, Now.AddSeconds(-1));
        Assert.Throws<AppendRefusedException>(() => Hold(state, 1, 0, 2));   // an activation that does not know of its reservation's end
        Assert.Throws<AppendRefusedException>(() => Hold(InventorySnapshot.Read(InventorySnapshot.Write(state)), 1, 0, 2));

        Assert.IsType<HoldOutcome.Held>(Hold(state, 2, 0, 2));
        InventoryMachine.Forget(state, Now);
        Assert.Empty(state.Ended);
    }

    /// <summary>Whatever is asked in whatever order: no night is oversold, taken rooms are those of the holds that stand, and a replay tells the same.</summary>
    [Fact]
    public void Decide_RandomCommands_KeepsTheInvariantAndReplays()
    {
        var command = Gen.Select(Gen.Int[0, 3], Gen.Int[1, 12], Gen.Int[0, 8], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Long[1, 6]);
        (Nights Nights, int Rooms)[] wants = [.. Enumerable.Range(1, 12).Select(id => (new Nights(Night(id % 9), Night((id % 9) + 1 + (id % 4))), 1 + (id % 3)))];
        command.List[0, 60].Sample(commands =>
        {
            var state = new InventoryState();
            var stream = new List<InventoryEvent>();
            foreach (var (kind, id, from, nights, rooms, version) in commands)
            {
                var range = new Nights(Night(from), Night(from + nights));
                InventoryEvent[] events = kind switch
                {
                    0 => InventoryMachine.SetCapacity(state, nights == 1 ? null : range, rooms, allowance: id % 2).Events,
                    1 when state.Ended.ContainsKey(Id(id)) => [],   // refused, as another test shows
                    1 => InventoryMachine.PlaceHold(state, Id(id), wants[id - 1].Nights, wants[id - 1].Rooms, Now).Events,   // an id always means the same hold
                    2 => InventoryMachine.Settle(state, Id(id), new HoldRuling(HoldFate.Sold, version)),
                    _ => InventoryMachine.Settle(state, Id(id), new HoldRuling(HoldFate.Released, version)),
                };
                Apply(state, events);
                stream.AddRange(events);
                AssertInvariant(state);
            }

            var replayed = new InventoryState();
            Apply(replayed, [.. stream]);
            Assert.Equal(state.Taken, replayed.Taken);
            Assert.Equal(state.Held, replayed.Held);
            Assert.Equal(state.Sold, replayed.Sold);
            Assert.Equal(state.Ended, replayed.Ended);
        });
    }

    private static void AssertInvariant(InventoryState state)
    {
        var standing = state.Held.Values.Concat(state.Sold.Values.Select(s => s.Hold)).ToArray();
        for (var day = 0; day < 14; day++)
        {
            var (rooms, allowance) = state.CapacityOf(Night(day));
            var taken = state.Taken.GetValueOrDefault(Night(day));
            Assert.InRange(taken, 0, rooms + allowance);
            Assert.Equal(standing.Where(h => h.Nights.Each().Contains(Night(day))).Sum(h => h.Rooms), taken);
        }
    }

    private static InventoryState WithCapacity(int rooms)
    {
        var state = new InventoryState();
        Apply(state, InventoryMachine.SetCapacity(state, range: null, rooms, allowance: 0).Events);
        return state;
    }

    private static HoldOutcome Hold(InventoryState state, int id, int from, int until, int rooms = 1)
    {
        var (outcome, events) = InventoryMachine.PlaceHold(state, Id(id), new Nights(Night(from), Night(until)), rooms, Now);
        Apply(state, events);
        return outcome;
    }

    private static void Apply(InventoryState state, InventoryEvent[] events)
    {
        foreach (var happened in events)
            InventoryMachine.Apply(state, happened);
    }

    private static HoldId Id(int number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), 0);

    private static DateOnly Night(int day) => FirstNight.AddDays(day);
}
