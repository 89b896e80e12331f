using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Analytics;

/// <summary>What events of the log make of the figures, and nothing else: no clock, no storage, no waiting.</summary>
internal static class AnalyticsMachine
{
    private const string InventoryPrefix = "inventory/";

    /// <summary>The stored names of the events that change figures.</summary>
    public static readonly string[] Types =
    [
        "inventory.capacity-set.v1", "reservation.requested.v1", "reservation.confirmed.v1", "reservation.cancelled.v1",
        "reservation.sold-out.v1", "reservation.lapsed.v1",
    ];

    /// <summary>Reads a page in its order.</summary>
    /// <param name="known">The stays of its reservations as they were before it.</param>
    public static AnalyticsChanges Project(IEnumerable<StayFacts> known, IEnumerable<StreamEvent> events)
    {
        var changes = new AnalyticsChanges();
        var stays = known.GroupBy(s => s.Reservation).ToDictionary(s => s.Key, s => s.ToArray());
        foreach (var (stream, logged) in events)
        {
            if (logged.Event is InventoryEvent.CapacitySet set)
            {
                changes.Capacities.Add(Setting(stream, logged, set));
                continue;
            }

            var id = ReservationStreams.Id(stream);
            var before = stays.GetValueOrDefault(id, []);
            var after = logged.Event is ReservationEvent.Requested asked ? AskedFor(id, asked) : Evolve(before, logged.Event);
            if (ReferenceEquals(before, after))
                continue;
            stays[id] = after;
            for (var i = 0; i < after.Length; i++)
            {
                changes.Stays[(id, after[i].Stay)] = after[i];
                Count(changes, i < before.Length ? before[i].Fate : StayFate.AskedFor, after[i]);
            }
        }

        return changes;
    }

    private static StayFacts[] AskedFor(Guid id, ReservationEvent.Requested asked) =>
    [
        .. asked.Stays.Select((stay, i) => new StayFacts(
            id, i, stay.PropertyId, stay.Currency, stay.Nights.CheckIn, stay.Rooms, stay.NightlyMinor, Day(asked.At), StayFate.AskedFor)),
    ];

    private static StayFacts[] Evolve(StayFacts[] stays, object happened)
    {
        var fate = stays is [var first, ..] ? (happened, first.Fate) switch
        {
            (ReservationEvent.Confirmed, StayFate.AskedFor) => StayFate.Booked,
            (ReservationEvent.Cancelled, StayFate.Booked) => StayFate.Cancelled,
            (ReservationEvent.Cancelled or ReservationEvent.SoldOut or ReservationEvent.Lapsed, StayFate.AskedFor) => StayFate.Nothing,
            _ => first.Fate,
        } : default;
        return stays is [] || fate == stays[0].Fate ? stays : [.. stays.Select(s => s with { Fate = fate })];
    }

    private static void Count(AnalyticsChanges changes, StayFate before, StayFacts stay)
    {
        var sign = (before, stay.Fate) switch
        {
            (StayFate.AskedFor, StayFate.Booked) => 1,
            (StayFate.Booked, StayFate.Cancelled) => -1,
            _ => 0,
        };
        if (sign == 0)
            return;
        var isBooked = sign > 0 ? 1 : 0;
        var leadDays = Math.Max(0, stay.CheckIn.DayNumber - stay.BookedOn.DayNumber);   // west of UTC, tonight may be yesterday's night
        var day = (stay.BookedOn, stay.Property, stay.Currency);
        changes.BookingDays[day] = changes.BookingDays.GetValueOrDefault(day)
            + new BookingChange(isBooked, 1 - isBooked, isBooked * leadDays, sign * stay.RoomNights, sign * stay.RevenueMinor);
        for (var i = 0; i < stay.NightlyMinor.Length; i++)
        {
            var night = (stay.CheckIn.AddDays(i), stay.Property, stay.Currency);
            changes.Nights[night] = changes.Nights.GetValueOrDefault(night) + new NightChange(sign * stay.Rooms, sign * stay.Rooms * stay.NightlyMinor[i]);
        }
    }

    private static CapacitySetting Setting(string stream, LoggedEvent logged, InventoryEvent.CapacitySet set)
    {
        // Neither a property's id nor a room type's code can hold a slash.
        var name = stream[InventoryPrefix.Length..];
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return new CapacitySetting(
            name[..slash], name[(slash + 1)..], logged.Version, FirstNight(logged.RecordedAt), set.Range?.CheckIn, set.Range?.CheckOut, set.Rooms);
    }

    // Where the property is, the log does not say. West of UTC the night of the day before is still to come, and is sold.
    private static DateOnly FirstNight(DateTimeOffset at) => Day(at).AddDays(-1);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
