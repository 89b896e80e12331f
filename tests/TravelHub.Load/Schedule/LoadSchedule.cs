namespace TravelHub.Load.Schedule;

/// <summary>Which requests are sent, and when: decided before the first one, so that nothing the target does can change it.</summary>
public static class LoadSchedule
{
    /// <summary>Nights of each stay.</summary>
    public const int NightsBooked = 3;

    private const int Nights = 60;
    private const int HotRoom = 1;

    private static readonly DateOnly FirstNight = new(2030, 1, 1);
    private static readonly DateOnly HotCheckIn = new(2030, 1, 10);

    /// <summary>The requests by their start. The same options give the same ones, each time they are read.</summary>
    /// <exception cref="ArgumentException">The options are out of range; names everything that is.</exception>
    public static IEnumerable<PlannedRequest> Of(LoadOptions options)
    {
        if (options.FindWrong() is { Count: > 0 } wrong)
            throw new ArgumentException(string.Join(' ', wrong), nameof(options));
        return Requests(options);
    }

    private static IEnumerable<PlannedRequest> Requests(LoadOptions options)
    {
        // Two sources, so that the arrivals stay where they are when the mix changes.
        var arrivals = new Random(options.Seed);
        var choices = new Random(options.Seed ^ 0x5EED);
        var end = options.WarmUp + options.Duration;
        var start = First(options, arrivals);
        for (var number = 0; start < end; number++)
        {
            yield return Request(number, start, options, choices);
            start = options.Arrivals == ArrivalPattern.Constant
                // Not summed up, or the rounding of each gap would.
                ? TimeSpan.FromSeconds((number + 1) / options.RatePerSecond)
                : start + Gap(options, arrivals);
        }
    }

    private static TimeSpan First(LoadOptions options, Random arrivals) =>
        options.Arrivals == ArrivalPattern.Constant ? TimeSpan.Zero : Gap(options, arrivals);

    private static TimeSpan Gap(LoadOptions options, Random arrivals) =>
        TimeSpan.FromSeconds(-Math.Log(1 - arrivals.NextDouble()) / options.RatePerSecond);

    private static PlannedRequest Request(int number, TimeSpan start, LoadOptions options, Random choices)
    {
        // Always three draws, so that a request is the same whatever became of the one before it.
        var isSearch = choices.NextDouble() < options.SearchShare;
        var room = choices.Next(1, options.RoomTypes + 1);
        var checkIn = FirstNight.AddDays(choices.Next(Nights - NightsBooked + 1));
        if (options.Rooms == RoomsMode.Hot)
            (room, checkIn) = (HotRoom, HotCheckIn);
        return new PlannedRequest(
            number, start, start < options.WarmUp, isSearch ? RequestKind.Search : RequestKind.Booking, room, checkIn,
            isSearch ? null : $"{options.Run}-{number}");
    }
}
