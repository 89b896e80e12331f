using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.EventLog;

/// <summary>One golden payload a stored event: logs of every age replay.</summary>
public sealed class EventTypesTests
{
    private static readonly Guid Id = new("11111111-2222-3333-4444-555555555555");
    private static readonly DateTimeOffset At = new(2030, 1, 9, 18, 0, 0, TimeSpan.Zero);
    private static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 12));
    private static readonly Money Money = new(36000, "EUR");

    private static readonly (object Event, string Type, string Payload)[] Golden =
    [
        (new InventoryEvent.CapacitySet(Nights, 3, 1), "inventory.capacity-set.v1", """{"range":{"checkIn":"2030-01-10","checkOut":"2030-01-12"},"rooms":3,"allowance":1}"""),
        (new InventoryEvent.Held(new HoldId(Id, 1), Nights, 2, At), "inventory.held.v1", """{"hold":{"reservation":"11111111-2222-3333-4444-555555555555","stay":1},"nights":{"checkIn":"2030-01-10","checkOut":"2030-01-12"},"rooms":2,"until":"2030-01-09T18:00:00+00:00"}"""),
        (new InventoryEvent.Sold(new HoldId(Id, 0), 3), "inventory.sold.v1", """{"hold":{"reservation":"11111111-2222-3333-4444-555555555555","stay":0},"reservationVersion":3}"""),
        (new InventoryEvent.Released(new HoldId(Id, 0), 5), "inventory.released.v1", """{"hold":{"reservation":"11111111-2222-3333-4444-555555555555","stay":0},"reservationVersion":5}"""),
        (new ReservationEvent.Requested("ann", "h", BookingMode.Book, Id, [new PricedStay("casa", "STD", Nights, 1, 2, "EUR", [12000, 12000], 600, At, 40)], At, At, "tok_ok"),
            "reservation.requested.v1", """{"owner":"ann","requestHash":"h","mode":"Book","guestId":"11111111-2222-3333-4444-555555555555","stays":[{"propertyId":"casa","roomType":"STD","nights":{"checkIn":"2030-01-10","checkOut":"2030-01-12"},"rooms":1,"guests":2,"currency":"EUR","nightlyMinor":[12000,12000],"taxBasisPoints":600,"freeUntil":"2030-01-09T18:00:00+00:00","lateRefundPercent":40}],"at":"2030-01-09T18:00:00+00:00","holdUntil":"2030-01-09T18:00:00+00:00","paymentToken":"tok_ok"}"""),
        (new ReservationEvent.RoomsHeld(Money), "reservation.rooms-held.v1", """{"total":{"amountMinor":36000,"currency":"EUR"}}"""),
        (new ReservationEvent.SoldOut(1, Nights.CheckIn, 0), "reservation.sold-out.v1", """{"stay":1,"night":"2030-01-10","left":0}"""),
        (new ReservationEvent.PaymentStarted(2, "k", "tok_ok"), "reservation.payment-started.v1", """{"attempt":2,"attemptKey":"k","paymentToken":"tok_ok"}"""),
        (new ReservationEvent.PaymentDeclined(1, Money, "no"), "reservation.payment-declined.v1", """{"attempt":1,"total":{"amountMinor":36000,"currency":"EUR"},"reason":"no"}"""),
        (new ReservationEvent.PaymentVoided(1), "reservation.payment-voided.v1", """{"attempt":1}"""),
        (new ReservationEvent.VoteDisputed(), "reservation.vote-disputed.v1", "{}"),
        (new ReservationEvent.TotalResolved(Money, "ann"), "reservation.total-resolved.v1", """{"total":{"amountMinor":36000,"currency":"EUR"},"by":"ann"}"""),
        (new ReservationEvent.Paid(1, "c", Money, 3), "reservation.paid.v1", """{"attempt":1,"chargeId":"c","total":{"amountMinor":36000,"currency":"EUR"},"agreeingVotes":3}"""),
        (new ReservationEvent.Confirmed(Money), "reservation.confirmed.v1", """{"total":{"amountMinor":36000,"currency":"EUR"}}"""),
        (new ReservationEvent.CancelRequested(7), "reservation.cancel-requested.v1", """{"refundMinor":7}"""),
        (new ReservationEvent.Refunded("r", Money), "reservation.refunded.v1", """{"refundId":"r","amount":{"amountMinor":36000,"currency":"EUR"}}"""),
        (new ReservationEvent.Cancelled(), "reservation.cancelled.v1", "{}"),
        (new ReservationEvent.Lapsed(), "reservation.lapsed.v1", "{}"),
        (new ReservationEvent.Abandoned(), "reservation.abandoned.v1", "{}"),
        (new ReservationEvent.GuestErased("ann", At), "reservation.guest-erased.v1", """{"by":"ann","at":"2030-01-09T18:00:00+00:00"}"""),
    ];

    [Fact]
    public void Write_EveryEvent_IsItsGoldenPayload()
    {
        foreach (var (happened, type, payload) in Golden)
            Assert.Equal((type, payload), EventTypes.Write(happened));
    }

    [Fact]
    public void Read_EveryGoldenPayload_IsWrittenBackTheSame()
    {
        foreach (var (happened, type, payload) in Golden)
        {
            var read = EventTypes.Read(type, payload);
            Assert.IsType(happened.GetType(), read);
            Assert.Equal((type, payload), EventTypes.Write(read));
        }
    }

    [Fact]
    public void Names_EachOne_HasAGoldenPayload() => Assert.Equal(EventTypes.Names.Order(), Golden.Select(g => g.Type).Order());

    [Fact]
    public void Read_UnknownType_SaysWhich() =>
        Assert.Contains("inventory.held.v9", Assert.Throws<InvalidOperationException>(() => EventTypes.Read("inventory.held.v9", "{}")).Message, StringComparison.Ordinal);
}
