using TravelHub.Load.Schedule;

namespace TravelHub.Load.Tests.Schedule;

public sealed class LoadScheduleTests
{
    private static readonly LoadOptions Options = new() { Run = "run", Seed = 7, SearchShare = 0.25 };

    [Fact]
    public void Of_SameOptions_IsTheSame() =>
        Assert.Equal(LoadSchedule.Of(Options), LoadSchedule.Of(Options with { }));

    [Fact]
    public void Of_AnotherSeed_IsAnother() =>
        Assert.NotEqual(Starts(Options), Starts(Options with { Seed = 8 }));

    [Fact]
    public void Of_AnotherMix_LeavesTheArrivalsWhereTheyAre() =>
        Assert.Equal(Starts(Options), Starts(Options with { SearchShare = 0.9, Rooms = RoomsMode.Hot, RoomTypes = 3 }));

    [Fact]
    public void Of_Constant_SpacesEvenlyThroughWarmUpAndDuration()
    {
        var requests = LoadSchedule.Of(new LoadOptions
        {
            Run = "run", Seed = 1, Arrivals = ArrivalPattern.Constant, RatePerSecond = 10, WarmUp = TimeSpan.FromSeconds(1), Duration = TimeSpan.FromSeconds(2),
        }).ToList();

        Assert.Equal(Enumerable.Range(0, 30).Select(i => TimeSpan.FromMilliseconds(i * 100)), requests.Select(request => request.Start));
        Assert.Equal(10, requests.Count(request => request.IsWarmUp));
        Assert.All(requests.Take(10), request => Assert.True(request.IsWarmUp));
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"run-{i}"), requests.Select(request => request.IdempotencyKey));
    }

    [Fact]
    public void Of_Poisson_HasTheRateAndTheSpreadOfChance()
    {
        var starts = Starts(Options with { RatePerSecond = 1_000, WarmUp = TimeSpan.Zero, Duration = TimeSpan.FromSeconds(100) });
        var gaps = starts.Zip(starts.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        var mean = gaps.Average();
        var deviation = Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean)));

        // Five standard deviations of 100,000 arrivals; and exponential gaps deviate by their mean.
        Assert.InRange(starts.Count, 98_400, 101_600);
        Assert.InRange(deviation / mean, 0.98, 1.02);
        Assert.All(gaps, gap => Assert.True(gap >= 0));
    }

    [Fact]
    public void Of_Uniform_ReachesEveryRoomAndStaysWithinTheNights()
    {
        var requests = LoadSchedule.Of(Options with { RoomTypes = 20, RatePerSecond = 200 }).ToList();

        Assert.Equal(Enumerable.Range(1, 20), requests.Select(request => request.Room).Distinct().Order());
        Assert.Equal(new DateOnly(2030, 1, 1), requests.Min(request => request.CheckIn));
        Assert.Equal(new DateOnly(2030, 2, 27), requests.Max(request => request.CheckIn));
        Assert.InRange(requests.Count(request => request.Kind == RequestKind.Search) / (double)requests.Count, 0.23, 0.27);
        Assert.All(requests, request => Assert.Equal(request.Kind == RequestKind.Booking, request.IdempotencyKey is not null));
    }

    [Fact]
    public void Of_Hot_IsAlwaysTheSameRoomAndNights() =>
        Assert.All(LoadSchedule.Of(Options with { Rooms = RoomsMode.Hot }), request => Assert.Equal((1, new DateOnly(2030, 1, 10)), (request.Room, request.CheckIn)));

    [Fact]
    public void Of_OutOfRange_NamesEverything()
    {
        var wrong = Options with { Run = "a run", RatePerSecond = double.NaN, Duration = TimeSpan.Zero, SearchShare = 2 };

        var e = Assert.Throws<ArgumentException>(() => LoadSchedule.Of(wrong));

        Assert.All(["name", "rate", "duration", "searches"], word => Assert.Contains(word, e.Message));
    }

    private static List<TimeSpan> Starts(LoadOptions options) => LoadSchedule.Of(options).Select(request => request.Start).ToList();
}
