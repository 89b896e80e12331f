using TravelHub.Lab.AnalyticsTrouble;
using TravelHub.Lab.Experiments;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Lab.Tests.Experiments;

public sealed class ArrivalsTrialTests
{
    private static readonly TimeSpan From = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Until = TimeSpan.FromSeconds(40);

    [Theory]
    [InlineData(RequestKind.Booking, 201, null, true)]
    [InlineData(RequestKind.Booking, 202, null, false)]
    [InlineData(RequestKind.Booking, 503, null, false)]
    [InlineData(RequestKind.Search, 200, 3, true)]
    [InlineData(RequestKind.Search, 200, 0, false)]
    [InlineData(RequestKind.Search, 202, null, false)]
    public void IsServed_ByWhatWasAnswered(RequestKind kind, int status, int? offers, bool expected) =>
        Assert.Equal(expected, ArrivalsTrial.IsServed(Request(kind, start: 12, completed: 12.1, status, offers)));

    /// <summary>Between two successes nothing stood still; before the first and after the last of them it did.</summary>
    [Fact]
    public void LongestStretch_ServiceThatNeverComesBack_LastsUntilTheEnd()
    {
        RequestRecord[] dies = [.. Enumerable.Range(0, 50).Select(i => Booking(start: 10 + (i * 0.1), status: 201)), Booking(start: 20, status: 503), Booking(start: 39, status: 503)];

        Assert.Equal(25, ArrivalsTrial.LongestStretch(dies, From, Until), tolerance: 0.2);
    }

    [Fact]
    public void LongestStretch_NobodyIsServed_IsAllOfIt() =>
        Assert.Equal(30, ArrivalsTrial.LongestStretch([Booking(start: 12, status: 503)], From, Until), tolerance: 0.001);

    /// <summary>Who is answered late was due early: a second in which all stood still is no matter of eight customers.</summary>
    [Fact]
    public void Of_BookingsThatStoodStill_ShowInTheP99()
    {
        RequestRecord[] bookings = [.. Enumerable.Range(0, 300).Select(i => Request(
            RequestKind.Booking, start: 10 + (i * 0.1), completed: i is >= 100 and < 110 ? 21 : 10.01 + (i * 0.1), status: 201))];

        var stretch = Stretch.Of(bookings, From, Until);

        Assert.InRange(stretch.P99Ms, 600, 1_000);
        Assert.Equal((300, 0), (stretch.Bookings, stretch.Failures));
        Assert.InRange(stretch.LongestSeconds, 0.9, 1.2);
    }

    private static RequestRecord Booking(double start, int status) => Request(RequestKind.Booking, start, start + 0.01, status);

    private static RequestRecord Request(RequestKind kind, double start, double completed, int status, int? offers = null) => new(
        new PlannedRequest(0, TimeSpan.FromSeconds(start), IsWarmUp: false, kind, Room: 1, new DateOnly(2030, 1, 1), IdempotencyKey: null), TimeSpan.FromSeconds(start),
        TimeSpan.FromSeconds(completed), IsHeld: false,
        new RequestFate.Answered(status, Reservation: null, offers is { } found ? new SearchFinding(found, IsDegraded: false, TimeSpan.Zero) : null));
}
