using CsCheck;
using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

public sealed class TimelineTests
{
    private static readonly Gen<List<DemandRow>> Rows = Gen.Select(
        Gen.Int[0, 20], Gen.Int[0, 15], Gen.Int[-5, 30],
        (arrival, leadDays, cancelledAfter) => SampleDemand.Row(leadDays: leadDays) with
        {
            Arrival = new DateOnly(2019, 3, 1).AddDays(arrival),
            CancelledOn = cancelledAfter > 20 ? null : new DateOnly(2019, 2, 20).AddDays(cancelledAfter),
        }).List[0, 40];

    [Fact]
    public void Of_AnyRows_BooksEachOnceAndCancelsOnlyAfterwards() => Rows.Sample(rows =>
    {
        var steps = Timeline.Of(rows);

        Assert.Equal(Enumerable.Range(0, rows.Count), steps.Where(step => !step.IsCancellation).Select(step => step.Booking).Order());
        var booked = new HashSet<int>();
        var cancelled = new HashSet<int>();
        foreach (var step in steps)
            Assert.True(step.IsCancellation ? booked.Contains(step.Booking) && cancelled.Add(step.Booking) : booked.Add(step.Booking));
        Assert.Equal(rows.Count(row => row.CancelledOn is not null), cancelled.Count);
    });

    [Fact]
    public void Of_AnyRows_GoesByDayThenByFile() => Rows.Sample(rows =>
    {
        var places = Timeline.Of(rows)
            .Select(step => (Day: Day(rows[step.Booking], step.IsCancellation), step.Booking, step.IsCancellation))
            .ToList();

        Assert.Equal(places.Order(), places);
    });

    [Fact]
    public void Of_CancellationDatedBeforeItsBooking_FollowsItAtOnce()
    {
        var steps = Timeline.Of([
            SampleDemand.Row(arrival: "2019-03-10", cancelledOn: "2019-03-01"),
            SampleDemand.Row(arrival: "2019-03-10"),
        ]);

        Assert.Equal([new PlannedStep(0, false), new PlannedStep(0, true), new PlannedStep(1, false)], steps);
    }

    private static DateOnly Day(DemandRow row, bool isCancellation) =>
        isCancellation && row.CancelledOn > row.BookedOn ? row.CancelledOn.Value : row.BookedOn;
}
