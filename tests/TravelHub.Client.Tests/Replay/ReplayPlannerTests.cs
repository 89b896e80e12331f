using TravelHub.Client.Http;
using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

public sealed class ReplayPlannerTests
{
    private static readonly DateOnly Today = new(2030, 5, 15);

    [Fact]
    public void Plan_Sample_MakesOnePropertyAHotelWithTypesRatesAndCapacity()
    {
        var rows = DemandFile.Read(SampleDemand.Path, null).Rows;

        var plan = new ReplayPlanner("run", 0.8m, Today).Plan(rows);

        Assert.Equal(2, plan.Properties.Count);
        var hotel = Assert.Single(plan.Properties, property => property.Id == "replay-run-hotel-miramar").Document;
        Assert.Equal(["A", "B", "C"], hotel.RoomTypes.Select(type => type.Code));
        var own = rows.Where(row => row.Hotel == "Hotel Miramar").ToList();
        foreach (var type in hotel.RoomTypes)
        {
            var ofType = own.Where(row => row.RoomType == type.Code).ToList();
            var peak = Enumerable.Range(0, 120).Select(offset => new DateOnly(2019, 1, 1).AddDays(offset))
                .Max(night => ofType.Count(row => row.Arrival <= night && night < row.Departure));
            Assert.Equal((int)Math.Ceiling(peak * 0.8m), type.Rooms);
            Assert.Equal(ofType.Max(row => row.Guests), type.Sleeps);
        }

        Assert.Equal(own.Select(row => row.NightlyMinor).Distinct().Order(), hotel.RatePlans!.Select(rate => rate.NightlyMinor));
        Assert.All(plan.Bookings, booking => Assert.Contains(plan.Properties, property => property.Id == booking.PropertyId));
        Assert.Equal(plan.Bookings.Count, plan.Bookings.Select(booking => booking.IdempotencyKey).Distinct().Count());
    }

    [Theory]
    [InlineData("2015-07-01")]
    [InlineData("2030-05-16")]
    [InlineData("2030-05-17")]
    [InlineData("2044-01-01")]
    public void Plan_AnyDates_MovesTheEarliestArrivalByWholeWeeksJustFarEnough(string earliest)
    {
        var rows = new[] { SampleDemand.Row(arrival: earliest), SampleDemand.Row(arrival: earliest) with { Nights = 9 } };

        var plan = new ReplayPlanner("run", 1, Today).Plan(rows);

        var checkIn = plan.Bookings.Min(booking => booking.CheckIn);
        Assert.InRange(checkIn, Today.AddDays(2), Today.AddDays(8));
        Assert.Equal(DateOnly.Parse(earliest).DayOfWeek, checkIn.DayOfWeek);
        Assert.Equal(9, plan.Bookings[1].Nights);
        Assert.Equal(9 * 8000, plan.Bookings[1].TotalMinor);
        Assert.True(Today.AddDays(plan.Properties[0].Document.BookableDaysAhead) > plan.Bookings[1].CheckOut);
    }

    [Fact]
    public void Plan_HotelNamesThatLookAlikeOrAreLong_GetDistinctValidIds()
    {
        var names = new[] { "Ö", "Ü", new string('x', 100), new string('x', 101) };

        var plan = new ReplayPlanner("20300515120000-0123abcd", 1, Today).Plan(names.Select(name => SampleDemand.Row(hotel: name)).ToList());

        Assert.Equal(4, plan.Properties.Select(property => property.Id).Distinct().Count());
        Assert.All(plan.Properties, property => Assert.Matches("^[A-Za-z0-9._-]{1,64}$", property.Id));
    }

    [Fact]
    public void Plan_NothingToSend_SaysSo() => Assert.Throws<InputException>(() => new ReplayPlanner("run", 1, Today).Plan([]));

    [Fact]
    public void Plan_LongerThanCanBeBookedAhead_SaysSo() =>
        Assert.Throws<InputException>(() => new ReplayPlanner("run", 1, Today).Plan(
            [SampleDemand.Row(arrival: "2000-01-01"), SampleDemand.Row(arrival: "2012-01-01")]));
}
