using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>An offer as it is sent; fields as in <see cref="Offer"/>.</summary>
/// <param name="Quote">Null when the offer is too old to promise its price.</param>
public sealed record OfferAnswer(
    string PropertyId, string PropertyName, string RoomType, string RoomTypeName, int Sleeps, ImmutableArray<NightRate> Nights, Money Total,
    int RoomsLeft, CancellationPolicy Policy, DateTimeOffset FreeCancellationUntil, string? Quote, DateTimeOffset? QuoteExpires)
{
    public static OfferAnswer Of(Offer offer, bool isQuoted) => new(
        offer.PropertyId, offer.PropertyName, offer.RoomType, offer.RoomTypeName, offer.Sleeps, offer.Nights, offer.Total, offer.RoomsLeft, offer.Policy,
        offer.FreeCancellationUntil, isQuoted ? offer.Quote : null, isQuoted ? offer.QuoteExpires : null);
}
