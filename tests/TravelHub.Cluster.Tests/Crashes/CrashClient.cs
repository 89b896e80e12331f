using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>One customer at one property, as a client of the cluster. Its commands can be repeated word for word.</summary>
internal sealed record CrashClient(IGrainFactory Grains, PaymentSandboxFixture Provider, CrashCase Case)
{
    public const string Owner = "ann";
    public const string AttemptKey = "attempt-1";

    public IReservationGrain Reservation => Grains.GetGrain<IReservationGrain>(Case.Reservation);

    /// <summary>A property with room types STD (120.00 a night) and SUP (150.00).</summary>
    public async Task PutProperty()
    {
        var scene = Case.Row.Scene;
        Assert.Null(await Grains.GetGrain<IPropertyGrain>(Case.Property).Put(new PropertyDefinition(
            "Casa", Case.Property, "Europe/Lisbon", "EUR", 3_650, 0, new CancellationPolicy(1, 0),
            [new RoomType("STD", "Standard", 2, scene.StdRooms, 12_000, []), new RoomType("SUP", "Superior", 2, scene.SupRooms, 15_000, [])], []), version: 0));
    }

    public Task<ReservationOutcome> Book(string token = "tok_ok", params string[] roomTypes) =>
        Reservation.Book(ClusterFixture.Booking(Case.Property, BookingMode.Book, token, roomTypes));

    public Task<ReservationOutcome> Hold() => Reservation.Book(ClusterFixture.Booking(Case.Property, BookingMode.Hold));

    public Task<ReservationOutcome> Pay() => Reservation.Pay(new PayCommand(Owner, AttemptKey, "tok_ok"));

    public Task<ReservationOutcome> Cancel() => Reservation.Cancel(new CancelCommand(Owner, IfVersion: null));

    /// <summary>Looks at the property, as a guest would; its inventories come to life by that.</summary>
    public Task<int[]> Left() => Task.WhenAll(new[] { "STD", "SUP" }.Select(async roomType =>
        (await Grains.GetGrain<IInventoryGrain>($"{Case.Property}/{roomType}").Availability(ClusterFixture.Nights)).Min()));

    /// <summary>A step of a scene that has to be done before what the row is about.</summary>
    public static async Task Reach(Task<ReservationOutcome> command, string status) =>
        Assert.Equal(status, Assert.IsType<ReservationOutcome.Done>(await command).Reservation.Status);
}
