using TravelHub.Client.Http;
using TravelHub.Lab.Checks;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Tests.Checks;

public sealed class LiveChecksTests
{
    private readonly Dictionary<Guid, LabReservation?> _reservations = new()
    {
        [SmallRun.Confirmed] = new(SmallRun.Confirmed, "confirmed", 3, new Money(SmallRun.PriceMinor, "EUR")),
        [SmallRun.SoldOut] = new(SmallRun.SoldOut, "sold-out", 2),
    };

    private readonly Dictionary<(LabRoom, DateOnly), int> _left = LabCatalogue.Hot.Concat(LabCatalogue.Calm)
        .SelectMany(room => LabCatalogue.AllNights.Select(night => (room, night))).ToDictionary(key => key, _ => 1);

    [Fact]
    public void Of_AllIsWell_Holds() => Assert.Empty(Offenders());

    [Fact]
    public void Of_OtherStatus_IsFound()
    {
        _reservations[SmallRun.Confirmed] = _reservations[SmallRun.Confirmed]! with { Status = "pending" };

        Assert.Contains("shown as pending", Assert.Single(Offenders()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OldVersion_IsFound()
    {
        _reservations[SmallRun.Confirmed] = _reservations[SmallRun.Confirmed]! with { Version = 2 };

        Assert.Contains("version 2", Assert.Single(Offenders()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_UnknownToTheCluster_IsFound()
    {
        _reservations[SmallRun.SoldOut] = null;

        Assert.Contains("shown as unknown", Assert.Single(Offenders()), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OtherRoomsLeft_IsFound()
    {
        _left[(LabCatalogue.Hot[0], LabCatalogue.FirstNight)] = 2;
        _left.Remove((LabCatalogue.Calm[0], LabCatalogue.FirstNight));

        Assert.Equal(2, Offenders().Count);
    }

    [Fact]
    public void Of_MoreRoomsThanTheCatalogueHas_IsFound()
    {
        var log = SmallRun.Log();
        var left = log.Left.ToDictionary(room => room.Key, room => room.Key == SmallRun.Inventory ? _ => LabCatalogue.Capacity(LabCatalogue.Hot[0]) + 1 : room.Value);

        var check = LiveChecks.Of(new LiveState(_reservations, _left), log with { Left = left })
            .Single(check => check.Name == "what an inventory may sell is what the catalogue has");

        Assert.Contains("has 4 rooms", Assert.Single(check.Offenders), StringComparison.Ordinal);
    }

    private List<string> Offenders() =>
        [.. LiveChecks.Of(new LiveState(_reservations, _left), SmallRun.Log()).SelectMany(check => check.Offenders)];
}
