using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Payments;

public sealed class ConversionTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    [Fact]
    public async Task Book_InAnotherCurrency_ChargesAndRefundsInThatOne()
    {
        var (property, id) = (await fixture.NewProperty(rooms: 1), Guid.NewGuid());

        var booked = await fixture.Reservation(id).Book(ClusterFixture.Booking(property) with { Currency = "USD" });
        var total = Assert.IsType<ReservationOutcome.Done>(booked).Reservation.Payment!.Amount;
        Assert.Equal((38_880, "USD"), (total.AmountMinor, total.Currency));   // 360.00 EUR at 1.08

        var cancelled = Assert.IsType<ReservationOutcome.Done>(await fixture.Reservation(id).Cancel(new CancelCommand("ann", IfVersion: null)));
        Assert.Equal(total, cancelled.Reservation.Payment!.Refunded);
        Assert.Equal(38_880, await fixture.Provider.RefundedMinor(id));
    }

    [Fact]
    public async Task Book_InACurrencyWithoutARate_IsRefused()
    {
        var property = await fixture.NewProperty(rooms: 1);

        var outcome = await fixture.Reservation(Guid.NewGuid()).Book(ClusterFixture.Booking(property) with { Currency = "JPY" });

        Assert.Equal("currency-not-offered", Assert.IsType<ReservationOutcome.Refused>(outcome).Why.Code);
    }
}
