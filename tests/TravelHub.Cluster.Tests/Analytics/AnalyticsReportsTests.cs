using Microsoft.Extensions.Configuration;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.EventLog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Analytics;

public sealed class AnalyticsReportsTests(PostgresFixture postgres)
{
    private static readonly DateOnly Day = new(2030, 1, 10);
    private static readonly string[] Properties = ["casa-1", "casa-2", "casa-3"];

    /// <summary>One row a page: each comes once, and after the last there is none.</summary>
    [Fact]
    public async Task Figures_DaysSummedUpPageByPage_ComeToAnEnd()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.NewTravelHubDatabase($"paging_{Guid.NewGuid():N}", cancellationToken);
        await using var database = AnalyticsDatabase.Of(new ConfigurationManager { ["ConnectionStrings:TravelHub"] = connectionString }, new AnalyticsOptions());
        await database.Prepare(cancellationToken);
        await Write(new AnalyticsStore(database.Figures), cancellationToken);
        var reports = new AnalyticsReports(database.Figures);

        Assert.Equal(Properties, await PageByPage(async query => (await reports.Bookings(query, cancellationToken)).Select(row => row.Key)));
        Assert.Equal(Properties, await PageByPage(async query => (await reports.Nights(query, cancellationToken)).Select(row => row.Key)));
    }

    /// <summary>What the database sums up by spans of nights, and page by page, is what one gets who looks at each night of each room type.</summary>
    [Fact]
    public async Task Nights_RandomSettings_EqualTheSumOfEachNight()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var connectionString = await postgres.NewTravelHubDatabase($"nights_{Guid.NewGuid():N}", cancellationToken);
        await using var database = AnalyticsDatabase.Of(new ConfigurationManager { ["ConnectionStrings:TravelHub"] = connectionString }, new AnalyticsOptions());
        await database.Prepare(cancellationToken);
        var store = new AnalyticsStore(database.Figures);
        var changes = RandomNights.Make(new Random(16));
        await store.Reset(Guid.NewGuid(), cancellationToken);
        Assert.True(await store.Write(await store.Place(cancellationToken), new LogCursor(1, 1), 3, DateTimeOffset.UnixEpoch, changes, cancellationToken));
        await store.Place([.. changes.Properties.Where(RandomNights.IsPlaced).Select(property => (property, RandomNights.Destination(property)))], cancellationToken);
        var reports = new AnalyticsReports(database.Figures);

        foreach (var query in RandomNights.Queries())
        {
            var expected = RandomNights.Sum(changes, query);
            Assert.NotEmpty(expected);
            Assert.Equal(expected, await AllPages(reports, query with { Limit = 7 }, cancellationToken));
            Assert.Equal(expected, await AllPages(reports, query with { Limit = 1_000 }, cancellationToken));
        }
    }

    private static async Task<List<(AnalyticsKey Key, long Available, long Sold)>> AllPages(
        AnalyticsReports reports, AnalyticsQuery query, CancellationToken cancellationToken)
    {
        var all = new List<(AnalyticsKey Key, long Available, long Sold)>();
        while (true)
        {
            var page = await reports.Nights(query with { After = all.Count > 0 ? all[^1].Key : null }, cancellationToken);
            all.AddRange(page.Select(row => (row.Key, row.RoomsAvailable, row.RoomsSold)));
            if (page.Length < query.Limit)
                return all;
        }
    }

    private static async Task Write(AnalyticsStore store, CancellationToken cancellationToken)
    {
        var changes = new AnalyticsChanges();
        foreach (var property in Properties)
        {
            changes.BookingDays[(Day, property, "EUR")] = new BookingChange(1, 0, 0, 1, 100);
            changes.Nights[(Day, property, "EUR")] = new NightChange(1, 100);
            changes.Capacities.Add(new CapacitySetting(property, "STD", 1, Day, null, null, 2));
        }

        await store.Reset(Guid.NewGuid(), cancellationToken);
        Assert.True(await store.Write(await store.Place(cancellationToken), new LogCursor(1, 1), 3, DateTimeOffset.UnixEpoch, changes, cancellationToken));
    }

    private static async Task<List<string>> PageByPage(Func<AnalyticsQuery, Task<IEnumerable<AnalyticsKey>>> ask)
    {
        var query = new AnalyticsQuery(Day, Day.AddDays(1), ByDay: false, ByDestination: false, ByProperty: true, null, null, After: null, Limit: 1);
        var found = new List<string>();
        while (found.Count <= Properties.Length && (await ask(query)).ToArray() is [var key])
        {
            found.Add(key.Property);
            query = query with { After = key };
        }

        return found;
    }
}
