using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Reservations;

public sealed class ReservationGrainTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Book_OneStay_IsConfirmedPaidOnceAndSold()
    {
        var property = await fixture.NewProperty(rooms: 3);
        var id = Guid.NewGuid();

        var view = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property)));

        Assert.Equal((ReservationStatus.Confirmed, 36_000), (view.Status, view.Total!.Value.AmountMinor));
        Assert.True(view.Payment!.AgreeingVotes >= 3);
        Assert.Equal([("captured", 36_000)], await fixture.Provider.Charges(id));
        await fixture.UntilLeft(property, 2);
    }

    [Fact]
    public async Task Book_TwentyAtOnceUnderOneId_IsOneReservationAndOneCharge()
    {
        var property = await fixture.NewProperty(rooms: 30);
        var id = Guid.NewGuid();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.Reservation(id).Book(ClusterFixture.Booking(property))));

        var done = outcomes.Cast<ReservationOutcome.Done>().ToArray();
        Assert.Single(done, d => !d.Replayed);
        Assert.All(done, d => Assert.Equal((ReservationStatus.Confirmed, done[0].Reservation.Version), (d.Reservation.Status, d.Reservation.Version)));
        Assert.Single(await fixture.Provider.Charges(id));
        await fixture.UntilLeft(property, 29);
    }

    [Fact]
    public async Task Book_OtherRequestUnderTheSameId_IsRefused()
    {
        var property = await fixture.NewProperty(rooms: 3);
        var id = Guid.NewGuid();
        await fixture.Reservation(id).Book(ClusterFixture.Booking(property));

        var outcome = await fixture.Reservation(id).Book(ClusterFixture.Booking(property) with { RequestHash = "other" });

        Assert.Equal("idempotency-key-reused", Assert.IsType<ReservationOutcome.Refused>(outcome).Why.Code);
    }

    [Fact]
    public async Task Book_OtherRequestUnderAnIdOfBefore_IsRefusedAndHoldsNothing()
    {
        var (property, other) = (await fixture.NewProperty(rooms: 3), await fixture.NewProperty(rooms: 3));
        var id = Guid.NewGuid();
        await fixture.Reservation(id).Book(ClusterFixture.Booking(property));
        await fixture.UntilDeactivated(fixture.Reservation(id));

        var outcome = await fixture.Reservation(id).Book(ClusterFixture.Booking(other) with { RequestHash = "other" });

        Assert.Equal("idempotency-key-reused", Assert.IsType<ReservationOutcome.Refused>(outcome).Why.Code);
        Assert.Equal([3, 3, 3], await fixture.Inventory(other).Availability(ClusterFixture.Nights));
        Assert.Single(await fixture.Provider.Charges(id));
    }

    [Fact]
    public async Task Book_AgainAfterItsActivationHasGone_IsTheSameReservation()
    {
        var property = await fixture.NewProperty(rooms: 3);
        var id = Guid.NewGuid();
        var first = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property)));
        await fixture.UntilDeactivated(fixture.Reservation(id));

        var again = Assert.IsType<ReservationOutcome.Done>(await fixture.Reservation(id).Book(ClusterFixture.Booking(property)));

        Assert.True(again.Replayed);
        Assert.Equal((first.Version, first.Status), (again.Reservation.Version, again.Reservation.Status));
        Assert.Single(await fixture.Provider.Charges(id));
        await fixture.UntilLeft(property, 2);
    }

    [Fact]
    public async Task RuleOnHold_ThatIsForOtherTerms_IsReleasedThoughTheReservationIsConfirmed()
    {
        var (property, other) = (await fixture.NewProperty(rooms: 3), await fixture.NewProperty(rooms: 3));
        var id = Guid.NewGuid();
        await fixture.Reservation(id).Book(ClusterFixture.Booking(property));

        var rulings = await Task.WhenAll(
            fixture.Reservation(id).RuleOnHold(0, $"{property}/STD", ClusterFixture.Nights, 1),
            fixture.Reservation(id).RuleOnHold(0, $"{other}/STD", ClusterFixture.Nights, 1),
            fixture.Reservation(id).RuleOnHold(0, $"{property}/STD", ClusterFixture.Nights, 2),
            fixture.Reservation(id).RuleOnHold(1, $"{property}/STD", ClusterFixture.Nights, 1));

        Assert.Equal([HoldFate.Sold, HoldFate.Released, HoldFate.Released, HoldFate.Released], rulings.Select(r => r.Fate));
    }

    [Fact]
    public async Task Book_SecondStaySoldOut_ReleasesTheFirstAndChargesNothing()
    {
        var property = await fixture.NewProperty(rooms: 1);
        await Done(fixture.Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property, roomTypes: "SUP")));
        var id = Guid.NewGuid();

        var view = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property, roomTypes: ["STD", "SUP"])));

        Assert.Equal(ReservationStatus.SoldOut, view.Status);
        Assert.Empty(await fixture.Provider.Charges(id));
        await fixture.UntilLeft(property, 1);
    }

    [Fact]
    public async Task Book_SeveralStays_IsOneChargeForAll()
    {
        var property = await fixture.NewProperty(rooms: 2);
        var id = Guid.NewGuid();

        var view = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property, roomTypes: ["STD", "SUP", "STD"])));

        Assert.Equal((ReservationStatus.Confirmed, 36_000 + 45_000 + 36_000), (view.Status, view.Total!.Value.AmountMinor));
        Assert.Equal([("captured", 117_000)], await fixture.Provider.Charges(id));
        await fixture.UntilLeft(property, 0);
    }

    [Fact]
    public async Task Book_RateZero_IsConfirmedWithoutACharge()
    {
        var property = await fixture.NewProperty(rooms: 1, nightlyMinor: 0);
        var id = Guid.NewGuid();

        var view = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property)));

        Assert.Equal((ReservationStatus.Confirmed, "none"), (view.Status, view.Payment!.Status));
        Assert.Empty(await fixture.Provider.Charges(id));
    }

    [Fact]
    public async Task Book_ProviderCommitsThenTimesOut_IsConfirmedWithOneCharge()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var id = Guid.NewGuid();
        var command = ClusterFixture.Booking(property, token: "tok_timeout_after_commit");

        var view = await Done(fixture.Reservation(id).Book(command));

        Assert.Equal(ReservationStatus.Confirmed, view.Status);
        Assert.Equal([("captured", 36_000)], await fixture.Provider.Charges(id));
    }

    [Fact]
    public async Task Pay_AfterDecline_AnotherTokenConfirms()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var id = Guid.NewGuid();
        var declined = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property, token: "tok_declined")));
        Assert.Equal((ReservationStatus.Declined, 36_000), (declined.Status, declined.Total!.Value.AmountMinor));

        var paid = await Done(fixture.Reservation(id).Pay(new PayCommand("ann", "second", "tok_ok")));
        var again = await Done(fixture.Reservation(id).Pay(new PayCommand("ann", "second", "tok_ok")));
        var booking = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property, token: "tok_declined")));

        Assert.Equal((ReservationStatus.Confirmed, 2), (paid.Status, paid.Payment!.Attempt));
        Assert.Equal(paid.Version, again.Version);
        Assert.Equal(ReservationStatus.Declined, booking.Status);   // the answer to the booking's own key stays
        Assert.Equal([("declined", 36_000), ("captured", 36_000)], await fixture.Provider.Charges(id));
    }

    [Fact]
    public async Task Pay_ManyAtOnceWithOneKey_ChargesOnce()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var id = Guid.NewGuid();
        await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property, BookingMode.Hold)));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => fixture.Reservation(id).Pay(new PayCommand("ann", "k", "tok_ok"))));

        Assert.All(outcomes, o => Assert.Equal(ReservationStatus.Confirmed, Assert.IsType<ReservationOutcome.Done>(o).Reservation.Status));
        Assert.Single(await fixture.Provider.Charges(id));
    }

    [Fact]
    public async Task Cancel_Confirmed_RefundsAndReleases()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var id = Guid.NewGuid();
        var booked = await Done(fixture.Reservation(id).Book(ClusterFixture.Booking(property)));

        var stale = await fixture.Reservation(id).Cancel(new CancelCommand("ann", booked.Version - 1));
        var cancelled = await Done(fixture.Reservation(id).Cancel(new CancelCommand("ann", booked.Version)));
        var again = await Done(fixture.Reservation(id).Cancel(new CancelCommand("ann", booked.Version)));

        Assert.Equal("version-mismatch", Assert.IsType<ReservationOutcome.Refused>(stale).Why.Code);
        Assert.Equal((ReservationStatus.Cancelled, 36_000), (cancelled.Status, cancelled.Payment!.Refunded!.Value.AmountMinor));
        Assert.Equal(cancelled.Version, again.Version);
        Assert.Equal(36_000, await fixture.Provider.RefundedMinor(id));
        await fixture.UntilLeft(property, 1);
    }

    [Fact]
    public async Task Get_AnothersReservation_IsAsIfThereWereNone()
    {
        var property = await fixture.NewProperty(rooms: 1);
        var id = Guid.NewGuid();
        await fixture.Reservation(id).Book(ClusterFixture.Booking(property));

        Assert.Null(await fixture.Reservation(id).Get("bob"));
        Assert.Null(await fixture.Reservation(id).Events("bob"));
        Assert.IsType<ReservationOutcome.NotFound>(await fixture.Reservation(id).Cancel(new CancelCommand("bob", null)));
        Assert.IsType<ReservationOutcome.NotFound>(await fixture.Reservation(id).Pay(new PayCommand("bob", "k", "tok_ok")));
    }

    [Fact]
    public async Task List_AfterBooking_HasItAtOnce()
    {
        var property = await fixture.NewProperty(rooms: 3);
        var owner = $"owner-{property}";
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            ids.Insert(0, Guid.NewGuid());
            await Done(fixture.Reservation(ids[0]).Book(ClusterFixture.Booking(property) with { Owner = owner }));
        }

        var list = fixture.Cluster.Grains.GetGrain<IReservationListGrain>(0);
        var first = await list.List(owner, after: null, limit: 2);
        var rest = await list.List(owner, new ReservationCursor(first[1].CreatedAt, first[1].Id), limit: 2);

        Assert.Equal(ids, first.Concat(rest).Select(v => v.Id));
        Assert.All(first, v => Assert.Equal(ReservationStatus.Confirmed, v.Status));
    }

    private static async Task<ReservationView> Done(Task<ReservationOutcome> command) =>
        Assert.IsType<ReservationOutcome.Done>(await command).Reservation;
}
