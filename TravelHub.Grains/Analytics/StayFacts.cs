using System.Collections.Immutable;

namespace TravelHub.Grains.Analytics;

/// <summary>What became of a stay, as far as figures are concerned.</summary>
internal enum StayFate : short
{
    AskedFor,
    Booked,

    /// <summary>After it was booked.</summary>
    Cancelled,

    /// <summary>It was never booked, and will not be.</summary>
    Nothing,
}

/// <summary>A stay of a reservation, with what figures are made of.</summary>
/// <param name="NightlyMinor">Price of one room for each night, before tax and fees.</param>
/// <param name="BookedOn">UTC day of the request.</param>
internal sealed record StayFacts(
    Guid Reservation, int Stay, string Property, string Currency, DateOnly CheckIn, int Rooms, ImmutableArray<long> NightlyMinor, DateOnly BookedOn, StayFate Fate)
{
    public long RoomNights => (long)Rooms * NightlyMinor.Length;

    public long RevenueMinor => NightlyMinor.Sum() * Rooms;
}
