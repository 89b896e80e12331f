using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TravelHub.Grains.Abstractions.Search;

namespace TravelHub.Api.Search;

/// <summary>
/// Where an offer stands among all others of a search. As <c>after</c> it names the place and not the offer: what follows is found too when that has been
/// sold or costs something else by now.
/// </summary>
/// <param name="Sort">The order: <c>price</c>, <c>-price</c> or <c>name</c>.</param>
/// <param name="Rank">What it costs, turned about for <c>-price</c>; 0 in the order of names.</param>
/// <param name="Name">The property's, in the order of names; else empty.</param>
/// <param name="Id">Property and room type: no two offers have the same place.</param>
internal sealed record OfferPlace(string Sort, long Rank, string Name, string Id) : IComparable<OfferPlace>
{
    public static OfferPlace Of(Offer offer, string sort) => new(
        sort,
        sort switch { "price" => offer.Total.AmountMinor, "-price" => -offer.Total.AmountMinor, _ => 0 },
        sort == "name" ? offer.PropertyName : "",
        $"{offer.PropertyId}/{offer.RoomType}");

    /// <summary>As it stands in an address; callers are not to read it.</summary>
    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Sort}/{Rank}/{Id}/{Name}")));

    /// <returns>Null when it is no place in this order.</returns>
    public static OfferPlace? TryRead(string text, string sort) =>
        Base64Url.IsValid(text)
        && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('/', 5) is [var order, var rank, var property, var roomType, var name]
        && order == sort
        && long.TryParse(rank, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? new OfferPlace(sort, number, name, $"{property}/{roomType}")
            : null;

    public int CompareTo(OfferPlace? other)
    {
        var byRank = Rank.CompareTo(other!.Rank);
        var byName = byRank != 0 ? byRank : string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Id, other.Id);
    }
}
