using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.Reservations;

/// <summary>A request whose hold alone was known is given up, and comes again.</summary>
public sealed class AbandonedRequestTests
{
    private static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 12));
    private static readonly ReservationState Abandoned = Evolve(new ReservationState(Guid.NewGuid()), new ReservationEvent.Abandoned());

    private static readonly ReservationEvent Requested = new ReservationEvent.Requested(
        "owner", "hash", BookingMode.Book, Guid.NewGuid(),
        [new PricedStay("hotel", "STD", Nights, 1, 2, "EUR", [10_000, 10_000], TaxBasisPoints: 0, FreeUntil: DateTimeOffset.UnixEpoch, LateRefundPercent: 0)],
        DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddMinutes(10), "tok_ok", Conversion: null);

    [Fact]
    public void Hold_OfARequestThatCameAgain_IsNoneOfTheFirst()
    {
        var again = Evolve(Abandoned, Requested);

        Assert.Equal(new HoldId(again.Id, HoldId.PerRequest), again.Hold(0));
        Assert.Equal(again.Hold(0), ReservationState.Hold(again.Id, version: 2, stay: 0));
        Assert.Equal(ReservationPhase.Pending, again.Phase);
    }

    [Fact]
    public void Rule_OnTheHoldOfTheFirst_IsReleasedWhateverBecomesOfTheOther()
    {
        var again = Evolve(Abandoned, Requested);

        Assert.Equal(HoldFate.Released, Rule(again, hold: 0));
        Assert.Equal(HoldFate.Keep, Rule(again, HoldId.PerRequest));
        Assert.Equal(HoldFate.Released, Rule(again, HoldId.PerRequest + 1));   // a stay that nobody asked for
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(HoldId.PerRequest, true)]   // its request expects version 1, and may be on its way
    public void MayYetCome_AfterOneWasGivenUp_IsTheNextOneAlone(int hold, bool mayCome)
    {
        Assert.Equal(mayCome, ReservationMachine.MayYetCome(Abandoned, hold));
        Assert.False(ReservationMachine.MayYetCome(Evolve(Abandoned, Requested), hold));
    }

    /// <summary>Nothing before it was written either, and a hold is no reason to believe that it was.</summary>
    [Fact]
    public void GiveUp_OfALaterRequest_LeavesNoneThatMayYetCome()
    {
        var unknown = new ReservationState(Guid.NewGuid());
        var state = ReservationMachine.GiveUp(unknown, HoldId.PerRequest).Aggregate(unknown, Evolve);

        Assert.Equal(2, state.Abandoned);
        Assert.Empty(ReservationMachine.GiveUp(state, HoldId.PerRequest));
        Assert.Equal(new HoldId(state.Id, 2 * HoldId.PerRequest), Evolve(state, Requested).Hold(0));
    }

    [Fact]
    public void Evolve_AbandonedThoughItIsKnown_Throws() =>
        Assert.Throws<InvalidOperationException>(() => Evolve(Evolve(Abandoned, Requested), new ReservationEvent.Abandoned()));

    private static HoldFate Rule(ReservationState state, int hold) => ReservationMachine.Rule(state, hold, "hotel/STD", Nights, rooms: 1).Fate;

    private static ReservationState Evolve(ReservationState state, ReservationEvent happened) => ReservationHistory.Evolve(state, happened);
}
