using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Catalog;

/// <summary>Checks stays against a property's entry and freezes their price and terms. Pure.</summary>
internal static class PropertyMachine
{
    private static readonly TimeOnly FreeCancellationEndsAt = new(18, 0);

    /// <summary>The property's own calendar day.</summary>
    public static DateOnly Today(PropertyDefinition property, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(property.TimeZone)).DateTime);

    /// <summary>Checks everything but availability.</summary>
    /// <param name="quoted">What a valid quote has promised; null for the entry's own.</param>
    public static PricingOutcome Price(PropertyDefinition property, StayRequest stay, QuotedStay? quoted, DateTimeOffset now)
    {
        if (property.RoomTypes.FirstOrDefault(r => r.Code == stay.RoomType) is not { } roomType)
            return Refuse("unknown-room-type", $"Property '{stay.PropertyId}' has no room type '{stay.RoomType}'; it has {string.Join(", ", property.RoomTypes.Take(10).Select(r => r.Code))}.");
        if (RefuseDates(property, stay.Nights, now) is { } datesRefused)
            return new PricingOutcome.Refused(datesRefused);
        if (stay.Guests > (long)roomType.Sleeps * stay.Rooms)
            return Refuse("too-many-guests", $"{stay.Rooms} × '{stay.RoomType}' sleeps {(long)roomType.Sleeps * stay.Rooms}, not {stay.Guests}; ask for more rooms.");

        RatePlan? plan = null;
        if (stay.RatePlan is not null && (plan = property.RatePlans.FirstOrDefault(p => p.Code == stay.RatePlan)) is null)
            return Refuse("unknown-rate-plan", $"Property '{stay.PropertyId}' has no rate plan '{stay.RatePlan}'; leave it out for the standard rates.");

        var nightly = quoted?.NightlyMinor ?? [.. stay.Nights.Each().Select(night => plan?.NightlyMinor ?? Rate(roomType, night))];
        var terms = quoted?.Terms ?? new QuotedTerms(property.TaxBasisPoints, property.RoomNightFeeMinor, FreeUntil(property, stay.Nights.CheckIn), property.Policy.LateRefundPercent);
        var priced = new PricedStay(
            stay.PropertyId, stay.RoomType, stay.Nights, stay.Rooms, stay.Guests, property.Currency, nightly, terms.TaxBasisPoints,
            terms.FreeUntil, terms.LateRefundPercent, terms.RoomNightFeeMinor);
        return quoted is null && stay.ShownTotal is { } shown && PriceRules.Total(PriceRules.Input([priced])) is var total && total != shown
            ? Refuse("price-changed", $"The stay costs {total.AmountMinor} {total.Currency} (minor units) now, not {shown.AmountMinor} {shown.Currency}; search again, and book with the quote or the new total.")
            : new PricingOutcome.Priced(priced);
    }

    /// <summary>One room's rate of a night: the last season that covers it, or the standard rate.</summary>
    public static long Rate(RoomType roomType, DateOnly night)
    {
        for (var i = roomType.Seasons.Length - 1; i >= 0; i--)
        {
            if (roomType.Seasons[i].From <= night && night < roomType.Seasons[i].Until)
                return roomType.Seasons[i].NightlyMinor;
        }

        return roomType.NightlyMinor;
    }

    /// <summary>Why these nights can't be booked at the property at all, or null.</summary>
    public static Refusal? RefuseDates(PropertyDefinition property, Nights nights, DateTimeOffset now)
    {
        var today = Today(property, now);
        if (nights.CheckIn < today)
            return new Refusal("check-in-past", $"Check-in {nights.CheckIn:yyyy-MM-dd} is past; at the property it is {today:yyyy-MM-dd}.");
        if (nights.CheckOut.DayNumber - today.DayNumber > property.BookableDaysAhead)
            return new Refusal("too-far-ahead", $"The property can be booked until {today.AddDays(property.BookableDaysAhead):yyyy-MM-dd}, {property.BookableDaysAhead} days ahead.");
        return null;
    }

    // 18:00 may not exist on the day that the clocks change; then the offset before the gap counts.
    private static DateTimeOffset FreeUntil(PropertyDefinition property, DateOnly checkIn)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(property.TimeZone);
        var local = checkIn.AddDays(-property.Policy.FreeUntilDaysBefore).ToDateTime(FreeCancellationEndsAt);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static PricingOutcome.Refused Refuse(string code, string detail) => new(new Refusal(code, detail));
}
