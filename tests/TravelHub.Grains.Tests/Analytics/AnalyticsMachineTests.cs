using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains.Tests.Analytics;

public sealed class AnalyticsMachineTests
{
    private static readonly Guid Id = new("6b1ae0c8-6f4c-4b28-a6a1-f5b4a4a3a001");
    private static readonly DateTimeOffset At = new(2030, 1, 1, 23, 30, 0, TimeSpan.FromHours(-1));   // the 2nd, by UTC
    private static readonly DateOnly BookedOn = new(2030, 1, 2);
    private static readonly DateOnly CheckIn = new(2030, 1, 10);
    private static readonly Money Total = new(99_999, "EUR");

    [Fact]
    public void Project_RequestedAlone_CountsNothing()
    {
        var changes = Project([], Requested(Stay("a", "EUR", 2, 100, 200)));

        Assert.Equal(StayFate.AskedFor, changes.Stays[(Id, 0)].Fate);
        Assert.Empty(changes.BookingDays);
        Assert.Empty(changes.Nights);
        Assert.Equal(["a"], changes.Properties);
    }

    [Fact]
    public void Project_Confirmed_CountsEachStayAtItsPropertyAndEachNight()
    {
        var changes = Project([], Requested(Stay("a", "EUR", 2, 100, 200), Stay("b", "EUR", 1, 50)), new ReservationEvent.Confirmed(Total));

        Assert.Equal(new BookingChange(1, 0, 8, 4, 600), changes.BookingDays[(BookedOn, "a", "EUR")]);
        Assert.Equal(new BookingChange(1, 0, 8, 1, 50), changes.BookingDays[(BookedOn, "b", "EUR")]);
        Assert.Equal(new NightChange(2, 200), changes.Nights[(CheckIn, "a", "EUR")]);
        Assert.Equal(new NightChange(2, 400), changes.Nights[(CheckIn.AddDays(1), "a", "EUR")]);
        Assert.Equal(3, changes.Nights.Count);
    }

    [Fact]
    public void Project_CancelledInALaterPage_TakesBackNightsAndKeepsTheBooking()
    {
        var first = Project([], Requested(Stay("a", "EUR", 2, 100, 200)), new ReservationEvent.Confirmed(Total));
        var second = Project(first.Stays.Values, new ReservationEvent.CancelRequested(0), new ReservationEvent.Cancelled());

        Assert.Equal(new BookingChange(0, 1, 0, -4, -600), second.BookingDays[(BookedOn, "a", "EUR")]);
        Assert.Equal(new NightChange(-2, -400), second.Nights[(CheckIn.AddDays(1), "a", "EUR")]);
        Assert.Equal(StayFate.Cancelled, second.Stays[(Id, 0)].Fate);
    }

    [Theory]
    [InlineData(typeof(ReservationEvent.Cancelled))]
    [InlineData(typeof(ReservationEvent.Lapsed))]
    public void Project_EndedBeforeItWasBooked_CountsNothing(Type end)
    {
        var changes = Project([], Requested(Stay("a", "EUR", 1, 100)), Activator.CreateInstance(end)!);

        Assert.Equal(StayFate.Nothing, changes.Stays[(Id, 0)].Fate);
        Assert.Empty(changes.BookingDays);
        Assert.Empty(Project(changes.Stays.Values, new ReservationEvent.Cancelled()).Stays);
    }

    [Fact]
    public void Project_ManyInOnePage_SumsWhatBelongsTogetherAndNeverMixesCurrencies()
    {
        var other = new Guid("6b1ae0c8-6f4c-4b28-a6a1-f5b4a4a3a002");
        StreamEvent[] page =
        [
            .. Stream(Id, Requested(Stay("a", "EUR", 1, 100)), new ReservationEvent.Confirmed(Total)),
            .. Stream(other, Requested(Stay("a", "EUR", 2, 100), Stay("a", "USD", 1, 70)), new ReservationEvent.Confirmed(Total)),
        ];

        var changes = AnalyticsMachine.Project([], page);

        Assert.Equal(new BookingChange(2, 0, 16, 3, 300), changes.BookingDays[(BookedOn, "a", "EUR")]);
        Assert.Equal(new BookingChange(1, 0, 8, 1, 70), changes.BookingDays[(BookedOn, "a", "USD")]);
        Assert.Equal(new NightChange(3, 300), changes.Nights[(CheckIn, "a", "EUR")]);
        Assert.Equal(new NightChange(1, 70), changes.Nights[(CheckIn, "a", "USD")]);
    }

    /// <summary>The guest arrives on the evening of the 1st, which by UTC is the 2nd already.</summary>
    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void Project_BookedForTonightWestOfUtc_HasNoLeadTimeBelowZero(int daysAhead, long expected)
    {
        var nights = new Nights(BookedOn.AddDays(daysAhead), BookedOn.AddDays(daysAhead + 1));

        var changes = Project([], Requested(Stay("a", "EUR", 1, 100) with { Nights = nights }), new ReservationEvent.Confirmed(Total));

        Assert.Equal(new BookingChange(1, 0, expected, 1, 100), changes.BookingDays[(BookedOn, "a", "EUR")]);
    }

    /// <summary>It was set on the evening of the 1st, where the property is, and that night can be sold.</summary>
    [Fact]
    public void Project_CapacitySet_NamesPropertyAndRoomTypeFromTheNightBeforeOn()
    {
        var range = new Nights(CheckIn, CheckIn.AddDays(2));

        var changes = AnalyticsMachine.Project(
            [], [new StreamEvent("inventory/casa/STD", new LoggedEvent(3, "inventory.capacity-set.v1", new InventoryEvent.CapacitySet(range, 7, 1), At))]);

        Assert.Equal([new CapacitySetting("casa", "STD", 3, BookedOn.AddDays(-1), CheckIn, CheckIn.AddDays(2), 7)], changes.Capacities);
    }

    /// <summary>However the log is cut into pages, the sums are the same.</summary>
    [Fact]
    public void Project_AnyPages_SumsToTheSame()
    {
        var random = new Random(20301);
        List<StreamEvent> log = [];
        for (var i = 0; i < 200; i++)
        {
            object[] events =
            [
                Requested(Stay($"p{random.Next(3)}", random.Next(2) == 0 ? "EUR" : "USD", random.Next(1, 4), random.Next(100), random.Next(100))),
                new ReservationEvent.Confirmed(Total), new ReservationEvent.Cancelled(),
            ];
            log.AddRange(Stream(new Guid(i, 0, 0, new byte[8]), [.. events.Take(random.Next(1, 4))]));
        }

        var whole = AnalyticsMachine.Project([], log);
        Dictionary<(Guid, int), StayFacts> known = [];
        Dictionary<(DateOnly, string, string), NightChange> nights = [];
        Dictionary<(DateOnly, string, string), BookingChange> days = [];
        foreach (var page in log.Chunk(7))
        {
            var changes = AnalyticsMachine.Project(known.Values, page);
            foreach (var (key, stay) in changes.Stays)
                known[key] = stay;
            foreach (var (key, night) in changes.Nights)
                nights[key] = nights.GetValueOrDefault(key) + night;
            foreach (var (key, day) in changes.BookingDays)
                days[key] = days.GetValueOrDefault(key) + day;
        }

        Assert.Equal(whole.Nights.OrderBy(n => n.Key), nights.OrderBy(n => n.Key));
        Assert.Equal(whole.BookingDays.OrderBy(d => d.Key), days.OrderBy(d => d.Key));
    }

    private static AnalyticsChanges Project(IEnumerable<StayFacts> known, params object[] events) => AnalyticsMachine.Project(known, Stream(Id, events));

    private static IEnumerable<StreamEvent> Stream(Guid id, params object[] events) =>
        events.Select((e, i) => new StreamEvent(ReservationStreams.Name(id), new LoggedEvent(i + 1, "any", e, At)));

    private static ReservationEvent.Requested Requested(params PricedStay[] stays) => new(
        "ann", "hash", BookingMode.Book, Guid.Empty, [.. stays], At, At.AddMinutes(10), "tok_ok");

    private static PricedStay Stay(string property, string currency, int rooms, params long[] nightly) => new(
        property, "STD", new Nights(CheckIn, CheckIn.AddDays(nightly.Length)), rooms, 2, currency, [.. nightly], 600, At, 0);
}
