using TravelHub.Client.Http;

namespace TravelHub.Client.Catalogue;

/// <summary>
/// The catalogue that loads are driven against: <c>bench-1</c> to <c>bench-N</c>, each with one room type that never sells out, so that
/// what is measured is the work of a booking and not the end of the stock.
/// </summary>
internal static class BenchCatalogue
{
    public const int MaxRoomTypes = 1_000_000;

    public const string RoomType = "STD";

    private const int Destinations = 50;
    private const int Sleeps = 2;
    private const int Rooms = 100_000_000;
    private const long NightlyMinor = 12_000;

    /// <param name="roomTypes">How many, 1 to <see cref="MaxRoomTypes"/>. A larger catalogue holds all of a smaller one.</param>
    public static IReadOnlyList<CatalogueEntry> Create(int roomTypes) =>
        Enumerable.Range(1, roomTypes).Select(number => new CatalogueEntry($"bench-{number}", Property(number))).ToList();

    // Loads book nights of early 2030: the far end of what can be booked keeps them bookable whatever the day is.
    private static PropertyDocument Property(int number) => new(
        $"Bench {number}", $"dest-{number % Destinations}", "UTC", "EUR", PropertyDocument.MaxBookableDaysAhead, TaxBasisPoints: 0,
        new PolicyDocument(FreeUntilDaysBefore: 1, LateRefundPercent: 0),
        [new RoomTypeDocument(RoomType, "Standard double", Sleeps, Rooms, NightlyMinor)]);
}
