using System.Globalization;
using TravelHub.Api.Search;

namespace TravelHub.Api.Pages.Search;

/// <summary>How a visitor wants to see what was found.</summary>
/// <param name="MostMajor">Largest total in whole units of the currency, or null.</param>
/// <param name="OnlyFree">Only what can still be cancelled for nothing.</param>
internal sealed record ResultChoice(string Sort, long? MostMajor, bool OnlyFree)
{
    private const long LargestMajor = 1_000_000_000;

    /// <summary>What cannot be read is as if it were not there.</summary>
    public static ResultChoice Read(IQueryCollection query) => new(
        query["sort"].ToString() is "-price" or "name" ? query["sort"].ToString() : "price",
        long.TryParse(query["most"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most is > 0 and <= LargestMajor ? most : null,
        query.ContainsKey("free"));

    /// <summary>The offers that fit, by property; properties and their rooms stay in the order in which the search put them.</summary>
    public IReadOnlyList<IReadOnlyList<OfferAnswer>> Arrange(IEnumerable<OfferAnswer> offers, DateTimeOffset now) =>
    [
        .. offers.Where(offer => Fits(offer, now)).GroupBy(offer => offer.PropertyId).Select(group => group.ToList()),
    ];

    private bool Fits(OfferAnswer offer, DateTimeOffset now) =>
        (MostMajor is not { } most || offer.Total.AmountMinor <= Display.Minor(most, offer.Total.Currency))
        && (!OnlyFree || offer.FreeCancellationUntil > now);
}
