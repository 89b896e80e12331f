using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>A made-up catalogue, always the same: about 1,000 room types of 250 properties in 50 destinations.</summary>
internal static class DemoCatalogue
{
    private const int Seed = 20_260_101;
    private const int PropertiesPerDestination = 5;

    // The seasons are dated, and the catalogue must be the same on any day.
    private const int FirstYear = 2026;
    private const int LastYear = 2035;

    private static readonly (string Code, string Name, int Sleeps, int PricePercent, int MaxRooms)[] Kinds =
    [
        ("SGL", "Single", 1, 75, 16),
        ("STD", "Standard double", 2, 100, 40),
        ("TWN", "Twin", 2, 100, 30),
        ("SUP", "Superior double", 2, 130, 20),
        ("FAM", "Family room", 4, 160, 12),
        ("STE", "Suite", 3, 240, 6),
        ("APT", "Apartment", 5, 210, 8),
    ];

    private static readonly PolicyDocument[] Policies = [new(1, 0), new(3, 0), new(7, 50), new(14, 25), new(2, 80), new(0, 0)];

    public static IReadOnlyList<CatalogueEntry> Create()
    {
        var random = new Random(Seed);
        var entries = new List<CatalogueEntry>(DemoDestinations.All.Count * PropertiesPerDestination);
        foreach (var destination in DemoDestinations.All)
        {
            var names = DemoNames.Of(destination.Style, destination.Name, random).Take(PropertiesPerDestination).ToList();
            for (var i = 0; i < names.Count; i++)
                entries.Add(new CatalogueEntry($"{destination.Slug}-{i + 1}", Property(destination, names[i], random)));
        }

        return entries;
    }

    private static PropertyDocument Property(DemoDestination destination, string name, Random random)
    {
        // From a simple house to a grand one.
        var nightlyMajor = destination.NightlyMajor * random.Next(55, 220) / 100;
        var peakPercent = random.Next(115, 165);
        var kinds = Kinds.ToArray();
        random.Shuffle(kinds);
        var roomTypes = kinds.Take(random.Next(3, 6))
            .OrderBy(kind => kind.PricePercent).ThenBy(kind => kind.Code, StringComparer.Ordinal)
            .Select(kind => RoomType(destination, kind, nightlyMajor, peakPercent, random))
            .ToList();
        var ratePlans = random.Next(3) == 0
            ? new[] { new RatePlanDocument("corporate", (long)nightlyMajor * 90 / 100 * destination.MinorUnits) }
            : [];
        return new PropertyDocument(
            name, destination.Slug, destination.TimeZone, destination.Currency, BookableDaysAhead: random.Next(12, 25) * 30,
            destination.TaxBasisPoints, Policies[random.Next(Policies.Length)], roomTypes, ratePlans);
    }

    private static RoomTypeDocument RoomType(
        DemoDestination destination, (string Code, string Name, int Sleeps, int PricePercent, int MaxRooms) kind, int nightlyMajor,
        int peakPercent, Random random)
    {
        var nightlyMinor = (long)nightlyMajor * kind.PricePercent / 100 * destination.MinorUnits;
        var seasons = new List<SeasonDocument>();
        for (var year = FirstYear; year <= LastYear; year++)
        {
            var (from, until) = Peak(destination.Peak, year);
            seasons.Add(new SeasonDocument(from, until, Whole(nightlyMinor * peakPercent / 100, destination)));
            // The last season that covers a night counts, so that New Year is dear wherever it falls.
            seasons.Add(new SeasonDocument(new DateOnly(year, 12, 28), new DateOnly(year + 1, 1, 2), Whole(nightlyMinor * 18 / 10, destination)));
        }

        return new RoomTypeDocument(kind.Code, kind.Name, kind.Sleeps, random.Next(2, kind.MaxRooms + 1), nightlyMinor, seasons);
    }

    private static (DateOnly From, DateOnly Until) Peak(PeakSeason season, int year) => season switch
    {
        PeakSeason.NorthernSummer => (new DateOnly(year, 6, 15), new DateOnly(year, 9, 15)),
        PeakSeason.NorthernWinter => (new DateOnly(year, 12, 15), new DateOnly(year + 1, 3, 20)),
        PeakSeason.SouthernSummer => (new DateOnly(year, 12, 10), new DateOnly(year + 1, 3, 1)),
        _ => throw new InvalidOperationException($"No such season: {season}"),
    };

    /// <summary>Prices end on whole units, as hotels like them.</summary>
    private static long Whole(long minor, DemoDestination destination) => minor / destination.MinorUnits * destination.MinorUnits;
}
