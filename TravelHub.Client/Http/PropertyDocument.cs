using System.Text.Json.Serialization;

namespace TravelHub.Client.Http;

/// <summary>A property as its operator describes it to the gateway. Its id stands in the address, not in here.</summary>
/// <param name="TimeZone">IANA name; the property's days and deadlines are counted there.</param>
/// <param name="BookableDaysAhead">The last check-out that can be booked lies this many days after today, 1 to 3,650.</param>
/// <param name="TaxBasisPoints">Hundredths of a percent, 0 to 10,000.</param>
/// <param name="RatePlans">Flat rates that a stay may name, up to <see cref="MaxRatePlans"/>; null is none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PropertyDocument(
    string Name,
    string Destination,
    string TimeZone,
    string Currency,
    int BookableDaysAhead,
    int TaxBasisPoints,
    PolicyDocument Policy,
    IReadOnlyList<RoomTypeDocument> RoomTypes,
    IReadOnlyList<RatePlanDocument>? RatePlans = null)
{
    public const int MaxRatePlans = 20_000;

    public const int MaxBookableDaysAhead = 3_650;
}

/// <param name="FreeUntilDaysBefore">The whole price is given back until this many days before check-in, 0 to 365.</param>
/// <param name="LateRefundPercent">What a later cancellation gives back, 0 to 100.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PolicyDocument(int FreeUntilDaysBefore, int LateRefundPercent);

/// <param name="Sleeps">Guests a room takes, 1 to 100.</param>
/// <param name="Rooms">How many there are each night.</param>
/// <param name="Seasons">Other rates for ranges of nights; the last that covers a night counts. Null is none.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RoomTypeDocument(
    string Code, string Name, int Sleeps, int Rooms, long NightlyMinor, IReadOnlyList<SeasonDocument>? Seasons = null);

/// <summary>A rate for the nights [From, Until).</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeasonDocument(DateOnly From, DateOnly Until, long NightlyMinor);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RatePlanDocument(string Code, long NightlyMinor);
