using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Catalog;

namespace TravelHub.Cluster.Tests.Catalog;

/// <summary>A booking that was kept while the cluster was away is carried out at the price that it was promised when it was asked for.</summary>
public sealed class KeptQuoteTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private const long QuotedMinor = 9_000;   // a night; it costs 12,000 today

    [Theory]
    [InlineData(-50, ReservationStatus.Confirmed)]
    [InlineData(-30, "quote-expired")]
    [InlineData(null, "quote-expired")]
    public async Task Book_QuoteRanOutMeanwhile_BindsIfItWasGoodWhenItWasAskedFor(int? askedMinutes, string expected)
    {
        var property = await fixture.NewProperty(rooms: 1);
        var now = TimeProvider.System.GetUtcNow();
        var signer = (QuoteSigner)fixture.Cluster.Silos.GetActiveSilos().First().ServiceProvider.GetService(typeof(QuoteSigner))!;
        var (quote, _) = signer.Sign(
            new PricedStay(property, "STD", ClusterFixture.Nights, 1, 2, "EUR", [QuotedMinor, QuotedMinor, QuotedMinor], TaxBasisPoints: 0, now, LateRefundPercent: 0),
            ratePlan: null, now.AddMinutes(-55));   // good for 15 minutes
        var booking = ClusterFixture.Booking(property);

        var outcome = await fixture.Reservation(Guid.NewGuid()).Book(booking with
        {
            Stays = [booking.Stays[0] with { Quote = quote }],
            AskedAt = askedMinutes is { } minutes ? now.AddMinutes(minutes) : null,
        });

        Assert.Equal(expected, outcome is ReservationOutcome.Done done ? done.Reservation.Status : Assert.IsType<ReservationOutcome.Refused>(outcome).Why.Code);
        if (outcome is ReservationOutcome.Done confirmed)
            Assert.Equal(3 * QuotedMinor, confirmed.Reservation.Total!.Value.AmountMinor);
    }
}
