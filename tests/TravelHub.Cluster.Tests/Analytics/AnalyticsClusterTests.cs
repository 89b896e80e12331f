using Npgsql;
using TravelHub.Cluster.Tests.EventLog;
using TravelHub.Grains.Abstractions.Analytics;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.EventLog;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Analytics;

/// <summary>Random bookings on a real log, and their figures against another computation of them.</summary>
public sealed class AnalyticsClusterTests(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    private const int Bookings = 24;
    private const int Seed = 8130;

    // The figures by SQL over the events alone: bookings, cancellations, lead days, room-nights, revenue.
    private const string ExpectedSql = """
        WITH fate AS (
            SELECT stream, bool_or(type = 'reservation.confirmed.v1') AS booked, bool_or(type = 'reservation.cancelled.v1') AS cancelled
            FROM reservation_events WHERE stream LIKE 'reservation/%' GROUP BY stream
        ), stay AS (
            SELECT cancelled, s ->> 'propertyId' AS property, (s ->> 'rooms')::bigint AS rooms, ((s -> 'nights' ->> 'checkIn')::date) AS check_in,
                ((payload::jsonb ->> 'at')::timestamptz AT TIME ZONE 'UTC')::date AS booked_on, s -> 'nightlyMinor' AS nightly
            FROM reservation_events JOIN fate USING (stream), jsonb_array_elements(payload::jsonb -> 'stays') AS s
            WHERE type = 'reservation.requested.v1' AND booked
        )
        SELECT property, count(*), count(*) FILTER (WHERE cancelled), sum(greatest(check_in - booked_on, 0))::bigint,
            coalesce(sum(rooms * jsonb_array_length(nightly)) FILTER (WHERE NOT cancelled), 0)::bigint,
            coalesce(sum(rooms * (SELECT sum(n::bigint) FROM jsonb_array_elements_text(nightly) AS n)) FILTER (WHERE NOT cancelled), 0)::bigint
        FROM stay GROUP BY property ORDER BY property
        """;

    private string _connectionString = "";
    private string _figures = "";
    private GrainCluster _cluster = null!;

    private IAnalyticsGrain Analytics => _cluster.Grains.GetGrain<IAnalyticsGrain>(0);

    public async ValueTask InitializeAsync()
    {
        var name = $"figures_{Guid.NewGuid():N}";
        _connectionString = await postgres.NewTravelHubDatabase(name, CancellationToken.None);
        _figures = new NpgsqlConnectionStringBuilder(_connectionString) { Database = $"{name}_analytics" }.ConnectionString;
        _cluster = await GrainCluster.Start(
            _connectionString, provider, silos: 2, ("TravelHub:Roles", "analytics"), ("Analytics:PageSize", "7"), ("Analytics:PauseBetweenPages", "00:00:00"),
            ("Analytics:ReadPeriod", "01:00:00"), ("Analytics:QueryShare", "10"),   // it reads when a test says so, and no question is one too many
            ("Reservations:HoldLifetime", "00:00:02"), ("Inventory:AskPeriod", "00:00:00.100"));
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Bookings_OfRandomBookingsAndCancellations_EqualSqlOverTheEvents()
    {
        var random = new Random(Seed);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        string[] properties = [await ClusterFixture.NewProperty(_cluster.Grains, rooms: 9), await ClusterFixture.NewProperty(_cluster.Grains, rooms: 9)];
        await Book(properties, random);

        var expected = await Expected();
        Assert.Equal(expected, await UntilFigures(expected));
        Assert.All(expected, row => Assert.True(row.Bookings > row.Cancellations && row.Cancellations > 0, $"{row} shows too little"));
        await NightsAgreeWithInventory(properties);

        // The same from the beginning, while the silos' own reader reads too: nothing is doubled, nothing is missing.
        await using var database = Database();
        var readers = Enumerable.Range(0, 3).Select(_ => new AnalyticsReader(database, new LogReader(database.Log), 5, TimeProvider.System)).ToArray();
        await readers[0].Restart(CancellationToken.None);
        await Task.WhenAll(readers.Select(ReadToTheEnd).Append(Analytics.Run()));
        Assert.Equal(expected, await UntilFigures(expected));
    }

    [Fact]
    public async Task Write_DiesBeforeItsCommit_DoublesAndLosesNothing()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 9);
        await Book([property], new Random(Seed + 1));
        var expected = await Expected();
        Assert.Equal(expected, await UntilFigures(expected));
        await using var database = Database();
        var store = new AnalyticsStore(database.Figures);
        var place = await store.Place(CancellationToken.None);
        var changes = new AnalyticsChanges();
        changes.BookingDays[(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), property, "EUR")] = new BookingChange(1, 0, 0, 1, 100);
        changes.Capacities.Add(new CapacitySetting(property, "STD", 1, default, null, null, 1));   // is there already: the batch fails in its middle

        await Assert.ThrowsAsync<PostgresException>(() => store.Write(place, new LogCursor(place.Cursor.Transaction + 1, 0), 1, DateTimeOffset.UnixEpoch, changes, default));
        Assert.Equal(expected, await UntilFigures(expected));
        changes.Capacities.Clear();
        var fromElsewhere = place with { Cursor = new LogCursor(1, 1) };
        Assert.False(await store.Write(fromElsewhere, place.Cursor, 1, DateTimeOffset.UnixEpoch, changes, default));

        Assert.Equal(expected, await UntilFigures(expected));
    }

    [Fact]
    public async Task Database_AwayForAWhile_BookingsGoOnAndItCatchesUp()
    {
        var property = await ClusterFixture.NewProperty(_cluster.Grains, rooms: 50);
        await Book([property], new Random(Seed + 2));
        await Remind();
        Assert.Contains(AnalyticsGrain.Reader, LagGauges.Shown(_cluster));
        await TakeAway();

        await Book([property], new Random(Seed + 3));
        await Remind();
        Assert.DoesNotContain(AnalyticsGrain.Reader, LagGauges.Shown(_cluster));   // its last good figure would look like one that keeps up
        await Assert.ThrowsAsync<AnalyticsAwayException>(() => Analytics.Run());
        await Assert.ThrowsAsync<AnalyticsAwayException>(() => Analytics.Bookings(ByProperty()));

        await Execute(_connectionString, $"ALTER DATABASE \"{Name}\" WITH ALLOW_CONNECTIONS true");
        var expected = await Expected();
        Assert.Equal(expected, await UntilFigures(expected));

        // Gone altogether: it is made again, and filled from the log. Renamed, since a drop waits for a checkpoint, and holds back everybody's readers until then.
        await TakeAway();
        await Execute(_connectionString, $"ALTER DATABASE \"{Name}\" RENAME TO \"{Name}_gone\"");
        Assert.Equal(expected, await UntilFigures(expected));
    }

    private Task Remind() => Analytics.AsReference<IRemindable>().ReceiveReminder(AnalyticsGrain.Reader, default);

    private async Task TakeAway()
    {
        await Execute(_connectionString, $"ALTER DATABASE \"{Name}\" WITH ALLOW_CONNECTIONS false");
        await Execute(_connectionString, $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{Name}'");
    }

    private string Name => new NpgsqlConnectionStringBuilder(_figures).Database!;

    private async Task Book(string[] properties, Random random)
    {
        var bookings = Enumerable.Range(0, Bookings).Select(_ => (
            Id: new Guid(random.Next(), (short)random.Next(short.MaxValue), 0, BitConverter.GetBytes(random.NextInt64())),
            Property: properties[random.Next(properties.Length)], Rooms: random.Next(1, 3), First: random.Next(5), Nights: random.Next(1, 4),
            Types: random.Next(3) == 0 ? new[] { "STD", "SUP" } : ["STD"], Token: random.Next(6) == 0 ? "tok_declined" : "tok_ok", IsCancelled: random.Next(3) == 0)).ToArray();
        await Task.WhenAll(bookings.Select(async booking =>
        {
            var reservation = _cluster.Grains.GetGrain<IReservationGrain>(booking.Id);
            var checkIn = ClusterFixture.Nights.CheckIn.AddDays(booking.First);
            var nights = new Nights(checkIn, checkIn.AddDays(booking.Nights));
            var command = ClusterFixture.Booking(booking.Property, BookingMode.Book, booking.Token, booking.Types);
            await reservation.Book(command with { Stays = [.. command.Stays.Select(s => s with { Nights = nights, Rooms = booking.Rooms })] });
            if (booking.IsCancelled)
                await reservation.Cancel(new CancelCommand("ann", IfVersion: null));
        }));
    }

    // Declined bookings keep their rooms until their time is up, so inventory needs a moment to say the same.
    private async Task NightsAgreeWithInventory(string[] properties)
    {
        var range = new Nights(ClusterFixture.Nights.CheckIn, ClusterFixture.Nights.CheckIn.AddDays(8));
        var query = new AnalyticsQuery(range.CheckIn, range.CheckOut, ByDay: true, ByDestination: false, ByProperty: true, null, null, null, 200);
        var rows = (await Analytics.Nights(query)).Rows.ToDictionary(row => (row.Key.Property, row.Key.Day));
        Assert.Equal(properties.Length * range.Count(), rows.Count);
        Assert.All(rows.Values, row => Assert.Equal(row.RoomsSold, row.Sales.Sum(s => s.RoomsSold)));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        foreach (var property in properties)
        {
            long[] sold = [.. range.Each().Select(night => rows[(property, night)].RoomsSold)];
            Assert.All(range.Each(), night => Assert.Equal(18, rows[(property, night)].RoomsAvailable));
            while (!sold.SequenceEqual(await Taken(property, range)))
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    private async Task<IEnumerable<long>> Taken(string property, Nights range)
    {
        var left = await Task.WhenAll(new[] { "STD", "SUP" }.Select(t => _cluster.Grains.GetGrain<IInventoryGrain>($"{property}/{t}").Availability(range)));
        return range.Each().Select((_, i) => 18L - left.Sum(type => type[i]));
    }

    private async Task<List<(string Property, long Bookings, long Cancellations, long LeadDays, long RoomNights, long RevenueMinor)>> Expected()
    {
        await using var command = _cluster.Database.CreateCommand(ExpectedSql);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var expected = new List<(string, long, long, long, long, long)>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
            expected.Add((rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt64(5)));
        return expected;
    }

    // The reader waits for whatever else writes on this server.
    private async Task<List<(string, long, long, long, long, long)>> UntilFigures(List<(string, long, long, long, long, long)> expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        while (true)
        {
            var figures = await Figures();
            if (figures.SequenceEqual(expected) || patience.IsCancellationRequested)
                return figures;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, CancellationToken.None);
        }
    }

    private async Task<List<(string, long, long, long, long, long)>> Figures()
    {
        try
        {
            await Analytics.Run();
            var page = await Analytics.Bookings(ByProperty());
            return [.. page.Rows.Select(r => (r.Key.Property, r.Bookings, r.Cancellations, r.LeadDays, r.RoomNights, Revenue(r.Revenue)))];
        }
        catch (AnalyticsAwayException)
        {
            return [];   // it finds out that its database is there by asking it again
        }
    }

    private static long Revenue(IEnumerable<Money> revenue) => revenue.Sum(m => m.Currency == "EUR" ? m.AmountMinor : throw new InvalidOperationException($"{m}"));

    private static AnalyticsQuery ByProperty()
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        return new AnalyticsQuery(today.AddDays(-1), today.AddDays(2), ByDay: false, ByDestination: false, ByProperty: true, null, null, null, 200);
    }

    private static async Task ReadToTheEnd(AnalyticsReader reader)
    {
        while (!(await reader.Step(TestContext.Current.CancellationToken)).IsLast)
        {
            // The next page.
        }
    }

    private AnalyticsDatabase Database() => AnalyticsDatabase.Of(
        new Microsoft.Extensions.Configuration.ConfigurationManager { ["ConnectionStrings:TravelHub"] = _connectionString }, new AnalyticsOptions());

    private static async Task Execute(string connectionString, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
