using TravelHub.Api.Problems;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Api.Search;

/// <summary>What a stay can be at any property; the property's own rules come on top.</summary>
internal static class StayLimits
{
    public const int MostNights = 90;
    public const int MostRooms = 99;
    public const int MostGuests = 500;
    public const int MostStays = 10;

    /// <param name="field">Where the dates stand, for the error.</param>
    public static void Check(Nights nights, string field, DateTimeOffset now, Findings findings)
    {
        // No place on earth is more than a day behind UTC: the property's own calendar decides the rest.
        findings.Require(nights.CheckIn >= DateOnly.FromDateTime(now.UtcDateTime).AddDays(-1), field.Replace("checkOut", "checkIn", StringComparison.Ordinal), "must not be in the past");
        findings.Require(nights.Count() >= 1, field, "must be after checkIn");
        findings.Require(nights.Count() <= MostNights, field, $"must be at most {MostNights} nights after checkIn");
    }
}
