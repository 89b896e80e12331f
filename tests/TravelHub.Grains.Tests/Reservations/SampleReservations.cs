using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.Reservations;

/// <summary>Reservations of three nights, 120.00 EUR each, for tests of the machine.</summary>
internal static class SampleReservations
{
    public static readonly DateTimeOffset Now = new(2029, 6, 1, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    public static readonly Money Total = new(36_000, "EUR");

    public static ReservationState Requested(BookingMode mode, int stays = 1)
    {
        var stay = new PricedStay(
            "casa", "STD", new Nights(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 13)), 1, 2, "EUR", [12_000, 12_000, 12_000], 0,
            new DateTimeOffset(2030, 1, 9, 18, 0, 0, TimeSpan.Zero), LateRefundPercent: 40);
        var command = new BookCommand("ann", "hash", mode, [], new Guest("Ann", "ann@example.com"), "tok_ok");
        return Evolve(
            new ReservationState(new Guid("00000000-0000-0000-0000-000000000001")),
            ReservationMachine.Request(command, [.. Enumerable.Repeat(stay, stays)], conversion: null, Guid.Empty, Now, Lifetime));
    }

    public static ReservationState Held()
    {
        var state = Requested(BookingMode.Hold);
        return Evolve(state, ReservationMachine.RoomsSecured(state, soldOut: null, Total));
    }

    public static ReservationState Confirmed()
    {
        var state = Requested(BookingMode.Book);
        return Evolve(state, ReservationMachine.Charged(state, new ChargeOutcome.Captured(), "c", Total, agreeingVotes: 3));
    }

    public static ReservationState Evolve(ReservationState state, ReservationEvent[] events) => events.Aggregate(state, ReservationHistory.Evolve);
}
