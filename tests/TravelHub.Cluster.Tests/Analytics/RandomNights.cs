using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Analytics;

namespace TravelHub.Cluster.Tests.Analytics;

/// <summary>Settings and sales at random, and what a question about their nights must come to: each night of each room type, one after the other.</summary>
internal static class RandomNights
{
    private const int Days = 60;

    private static readonly DateOnly First = new(2030, 1, 1);

    public static AnalyticsChanges Make(Random random)
    {
        var changes = new AnalyticsChanges();
        for (var place = 1; place <= 6; place++)
        {
            var property = $"casa-{place}";
            foreach (var roomType in (string[])["STD", "SUP"])
            {
                var setOn = random.Next(-10, 30);
                for (var version = 1; version <= random.Next(1, 5); version++, setOn += random.Next(0, 12))
                    changes.Capacities.Add(Setting(random, property, roomType, version, setOn));
            }

            for (var sales = random.Next(0, 40); sales > 0; sales--)
                changes.Nights[(First.AddDays(random.Next(Days)), property, random.Next(2) == 0 ? "EUR" : "COP")] = new NightChange(random.Next(1, 4), random.Next(1, 900));
        }

        return changes;
    }

    /// <summary>Whether it is known where the property is.</summary>
    public static bool IsPlaced(string property) => property != "casa-6";

    public static string Destination(string property) => property is "casa-1" or "casa-2" ? "bogota" : "lima";

    public static IEnumerable<AnalyticsQuery> Queries() =>
        from told in Enumerable.Range(0, 8)
        from destination in (string?[])[null, "lima"]
        from property in (string?[])[null, "casa-3"]
        select new AnalyticsQuery(
            First.AddDays(5), First.AddDays(Days - 5), (told & 1) > 0, (told & 2) > 0, (told & 4) > 0, destination, property, After: null, Limit: 1_000);

    public static List<(AnalyticsKey Key, long Available, long Sold)> Sum(AnalyticsChanges changes, AnalyticsQuery query)
    {
        var roomTypes = changes.Capacities.ToLookup(c => (c.Property, c.RoomType));
        var rooms = from roomType in roomTypes
                    from night in Enumerable.Range(0, query.Until.DayNumber - query.From.DayNumber).Select(query.From.AddDays)
                    select (Night: night, roomType.Key.Property, Available: (long)Rooms([.. roomType], night), Sold: 0L);
        var sold = changes.Nights.Where(n => n.Key.Night >= query.From && n.Key.Night < query.Until).Select(n => (n.Key.Night, n.Key.Property, Available: 0L, Sold: n.Value.Rooms));
        return
        [
            .. from part in rooms.Concat(sold)
               let destination = IsPlaced(part.Property) ? Destination(part.Property) : ""
               where (query.Destination ?? destination) == destination && (query.Property ?? part.Property) == part.Property
               group part by new AnalyticsKey(
                   query.ByDay ? part.Night : DateOnly.MinValue, query.ByDestination ? destination : "", query.ByProperty ? part.Property : "") into row
               orderby row.Key.Day, row.Key.Destination, row.Key.Property
               select (row.Key, row.Sum(part => part.Available), row.Sum(part => part.Sold)),
        ];
    }

    private static CapacitySetting Setting(Random random, string property, string roomType, int version, int setOn)
    {
        var isRange = roomType == "SUP" && random.Next(2) == 0;
        var from = First.AddDays(random.Next(Days));
        return new CapacitySetting(
            property, roomType, version, First.AddDays(setOn), isRange ? from : null, isRange ? from.AddDays(random.Next(1, 20)) : null, random.Next(0, 9));
    }

    // The last that was set by then and is about the night; a range before the base.
    private static int Rooms(CapacitySetting[] settings, DateOnly night) =>
        (settings.LastOrDefault(s => s.SetOn <= night && s.FromNight <= night && night < s.UntilNight)
            ?? settings.LastOrDefault(s => s.SetOn <= night && s.FromNight is null))?.Rooms ?? 0;
}
