using Npgsql;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Inventory;

public sealed class InventoryGrainTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly DateTimeOffset Later = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task PlaceHold_ThousandAtOnceForHalfTheRooms_HoldsExactlyThoseInFewAppends()
    {
        var property = await fixture.NewProperty(rooms: 500);
        var inventory = fixture.Inventory(property);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ =>
            inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, Later)));

        Assert.Equal((500, 500), (outcomes.OfType<HoldOutcome.Held>().Count(), outcomes.OfType<HoldOutcome.SoldOut>().Count()));
        Assert.InRange(await Scalar("SELECT count(DISTINCT append_id) FROM reservation_events WHERE stream = $1", property), 2, 150);   // a commit for each would be 500
    }

    [Fact]
    public async Task PlaceHold_AnotherWriterSteppedIn_IsRefusedEvenWhenSoldOutThenAnswersRightly()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var inventory = fixture.Inventory(property);
        Assert.IsType<HoldOutcome.Held>(await inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, Later));
        // Another activation, as after a partition: it raised the capacity, and this one does not know.
        await Execute("UPDATE stream_heads SET version = version + 1, previous = version WHERE stream = $1", property);
        await Execute(
            """
            INSERT INTO reservation_events (stream, version, type, payload, append_id, recorded_at, hash)
            SELECT stream, max(version) + 1, 'inventory.capacity-set.v1', '{"rooms":5,"allowance":0}', gen_random_uuid(), now(), ''
            FROM reservation_events WHERE stream = $1 GROUP BY stream
            """, property);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Answer(
            inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, Later))));

        // Whoever was answered by the old activation was refused; of the rest exactly four found a room of the five.
        Assert.Contains(null, answers);
        var next = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, Later)));
        Assert.Equal(4, answers.Concat(next).OfType<HoldOutcome.Held>().Count());
    }

    [Fact]
    public async Task PlaceHold_ReservationComesTooLate_IsAbandonedAndReleasedAndItsRequestIsCarriedOutWithAnotherHold()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var reservation = Guid.NewGuid();
        await fixture.Inventory(property).PlaceHold(new HoldId(reservation, 0), ClusterFixture.Nights, 1, DateTimeOffset.UnixEpoch);

        await fixture.UntilLeft(property, 1);

        var outcome = await fixture.Reservation(reservation).Book(ClusterFixture.Booking(property));
        Assert.Equal(ReservationStatus.Confirmed, Assert.IsType<ReservationOutcome.Done>(outcome).Reservation.Status);
        await fixture.UntilLeft(property, 0);

        // What was said of the hold that was given up, come late, is nothing about the other one.
        await fixture.Inventory(property).Settle(new HoldId(reservation, 0), new HoldRuling(HoldFate.Released, 1));
        Assert.Equal(HoldFate.Released, (await fixture.Reservation(reservation).RuleOnHold(0, $"{property}/STD", ClusterFixture.Nights, 1)).Fate);
        Assert.Equal(HoldFate.Sold, (await fixture.Reservation(reservation).RuleOnHold(HoldId.PerRequest, $"{property}/STD", ClusterFixture.Nights, 1)).Fate);
        await fixture.UntilLeft(property, 0);
    }

    /// <summary>The room that it does not find is the one that was held for it, and inventory was not told yet.</summary>
    [Fact]
    public async Task Book_ItsGivenUpHoldHasTheLastRoom_IsConfirmed()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var reservation = Guid.NewGuid();
        await fixture.Inventory(property).PlaceHold(new HoldId(reservation, 0), ClusterFixture.Nights, 1, Later);
        Assert.Equal(HoldFate.Released, (await fixture.Reservation(reservation).RuleOnHold(0, $"{property}/STD", ClusterFixture.Nights, 1)).Fate);

        var outcome = await fixture.Reservation(reservation).Book(ClusterFixture.Booking(property));

        Assert.Equal(ReservationStatus.Confirmed, Assert.IsType<ReservationOutcome.Done>(outcome).Reservation.Status);
    }

    /// <summary>Nothing else goes on there that would have it forget what ended.</summary>
    [Fact]
    public async Task PlaceHold_TheSameEndedAndItsTimeIsUp_HoldsAgain()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var hold = new HoldId(Guid.NewGuid(), 0);
        await fixture.Inventory(property).PlaceHold(hold, ClusterFixture.Nights, 1, DateTimeOffset.UnixEpoch);
        await fixture.UntilLeft(property, 1);

        Assert.IsType<HoldOutcome.Held>(await fixture.Inventory(property).PlaceHold(hold, ClusterFixture.Nights, 1, Later));
    }

    [Fact]
    public async Task SetCapacity_BelowWhatIsHeld_IsRefusedAndChangesNothing()
    {
        var property = await fixture.NewProperty(rooms: 2);
        await fixture.Inventory(property).PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 2, Later);

        var outcome = await fixture.Inventory(property).SetCapacity(range: null, rooms: 1, allowance: 0, version: 1);

        Assert.Equal(ClusterFixture.Nights.Each(), Assert.IsType<CapacityOutcome.TooLow>(outcome).Nights);
        Assert.Equal(0, (await fixture.Inventory(property).Availability(ClusterFixture.Nights))[0]);
    }

    /// <returns>The answer, or null when it was refused because another writer owns the stream.</returns>
    private static async Task<HoldOutcome?> Answer(Task<HoldOutcome> hold)
    {
        try
        {
            return await hold;
        }
        catch (AppendRefusedException)
        {
            return null;
        }
    }

    private async Task<long> Scalar(string sql, string property)
    {
        await using var command = Command(sql, property);
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    private async Task Execute(string sql, string property)
    {
        await using var command = Command(sql, property);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private NpgsqlCommand Command(string sql, string property)
    {
        var command = fixture.Cluster.Database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = $"inventory/{property}/STD" });
        return command;
    }
}
