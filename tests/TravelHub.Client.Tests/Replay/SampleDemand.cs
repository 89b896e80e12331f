using TravelHub.Client.Replay;

namespace TravelHub.Client.Tests.Replay;

/// <summary>Made-up demand. The file beside it has 200 rows of two hotels, with every kind of oddity; no row of it is real.</summary>
internal static class SampleDemand
{
    public static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "Replay", "sample.csv");

    public static DemandRow Row(
        int line = 2, string arrival = "2019-03-01", int nights = 2, int leadDays = 0, string? cancelledOn = null, string roomType = "A",
        string hotel = "Hotel Miramar", int guests = 2, decimal nightlyRate = 80m) =>
        new(line, hotel, roomType, DateOnly.Parse(arrival), nights, leadDays, Adults: 1, guests, nightlyRate,
            cancelledOn is null ? null : DateOnly.Parse(cancelledOn));
}
