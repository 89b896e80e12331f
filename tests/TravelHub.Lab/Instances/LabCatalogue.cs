using System.Globalization;
using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Instances;

/// <summary>What the lab's instance sells: few rooms that everyone wants, more that are calm, and for the probe rooms without end.</summary>
internal static class LabCatalogue
{
    public const string Destination = "lab";

    public static readonly IReadOnlyList<LabRoom> Hot = Rooms("lab-hot", "H", 4);
    public static readonly IReadOnlyList<LabRoom> Calm = Rooms("lab-calm", "C", 8);

    /// <summary>So many that each of three silos has some of them but for one chance in five thousand.</summary>
    public static readonly IReadOnlyList<LabRoom> Probe = Rooms("lab-probe", "P", 24);

    public static readonly DateOnly FirstNight = new(2031, 3, 1);

    /// <summary>Nights on which stays begin.</summary>
    public const int Nights = 12;

    /// <summary>The longest stay.</summary>
    public const int MostNights = 3;

    private const int HotRooms = 3;
    private const int CalmRooms = 30;
    private const int ProbeRooms = 1_000_000;
    private const long NightlyMinor = 12_000;

    /// <summary>Nights on which anything may be booked.</summary>
    public static IEnumerable<DateOnly> AllNights => Enumerable.Range(0, Nights + MostNights - 1).Select(FirstNight.AddDays);

    /// <summary>How many rooms of a kind there are each night.</summary>
    public static int Capacity(LabRoom room) => Hot.Contains(room) ? HotRooms : Calm.Contains(room) ? CalmRooms : ProbeRooms;

    public static IReadOnlyList<CatalogueEntry> Entries() =>
        [Entry(Hot, Destination, HotRooms), Entry(Calm, Destination, CalmRooms), Entry(Probe, "lab-probe", ProbeRooms)];

    private static CatalogueEntry Entry(IReadOnlyList<LabRoom> rooms, string destination, int count) => new(
        rooms[0].PropertyId,
        new PropertyDocument(
            rooms[0].PropertyId, destination, "Europe/Lisbon", "EUR", PropertyDocument.MaxBookableDaysAhead, TaxBasisPoints: 0,
            new PolicyDocument(FreeUntilDaysBefore: 1, LateRefundPercent: 0),
            [.. rooms.Select(room => new RoomTypeDocument(room.RoomType, room.RoomType, Sleeps: 2, count, NightlyMinor))]));

    private static LabRoom[] Rooms(string property, string prefix, int count) =>
        [.. Enumerable.Range(1, count).Select(number => new LabRoom(property, prefix + number.ToString(CultureInfo.InvariantCulture)))];
}
