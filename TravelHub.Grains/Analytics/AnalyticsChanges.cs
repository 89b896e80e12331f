namespace TravelHub.Grains.Analytics;

/// <summary>All that a page of the log changes in the figures.</summary>
internal sealed class AnalyticsChanges
{
    /// <summary>Stays as they are after the page.</summary>
    public Dictionary<(Guid Reservation, int Stay), StayFacts> Stays { get; } = [];

    /// <summary>What is added to days of booking.</summary>
    public Dictionary<(DateOnly Day, string Property, string Currency), BookingChange> BookingDays { get; } = [];

    /// <summary>What is added to nights.</summary>
    public Dictionary<(DateOnly Night, string Property, string Currency), NightChange> Nights { get; } = [];

    public List<CapacitySetting> Capacities { get; } = [];

    /// <summary>Every property that the page speaks of.</summary>
    public IEnumerable<string> Properties => Stays.Values.Select(s => s.Property).Concat(Capacities.Select(c => c.Property)).Distinct();
}

/// <summary>What is added to a day of booking; less when it is negative.</summary>
internal readonly record struct BookingChange(long Bookings, long Cancellations, long LeadDays, long RoomNights, long RevenueMinor)
{
    public static BookingChange operator +(BookingChange one, BookingChange other) => new(
        one.Bookings + other.Bookings, one.Cancellations + other.Cancellations, one.LeadDays + other.LeadDays,
        one.RoomNights + other.RoomNights, one.RevenueMinor + other.RevenueMinor);
}

/// <summary>What is added to a night; less when it is negative.</summary>
internal readonly record struct NightChange(long Rooms, long RevenueMinor)
{
    public static NightChange operator +(NightChange one, NightChange other) => new(one.Rooms + other.Rooms, one.RevenueMinor + other.RevenueMinor);
}

/// <summary>A setting of a room type's rooms.</summary>
/// <param name="Version">Of the room type's stream.</param>
/// <param name="SetOn">The first night that it may be about: that of the day before it was set, by UTC.</param>
/// <param name="FromNight">Null for the base of all nights without a range of their own.</param>
internal sealed record CapacitySetting(
    string Property, string RoomType, long Version, DateOnly SetOn, DateOnly? FromNight, DateOnly? UntilNight, int Rooms);
