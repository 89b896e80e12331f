using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>What the client does while the silo dies.</summary>
/// <param name="Prepare">What has been done and acknowledged before.</param>
/// <param name="Command">What is under way when the silo dies; a row's retry is this again.</param>
/// <param name="StdRooms">Rooms of type STD.</param>
/// <param name="SupRooms">Rooms of type SUP.</param>
/// <param name="Stays">How many stays the reservation has.</param>
internal sealed record CrashScene(
    string Name, Func<CrashClient, Task> Prepare, Func<CrashClient, Task<ReservationOutcome>> Command, int StdRooms = 1, int SupRooms = 1,
    int Stays = 1)
{
    private const int EventsPerSnapshot = 10;   // as the fixture sets it

    public static readonly CrashScene Book = new("book", Nothing, client => client.Book());
    public static readonly CrashScene BookDeclined = new("book with a card that is declined", Nothing, client => client.Book("tok_declined"));
    public static readonly CrashScene BookSoldOut = new("book what is sold out", Nothing, client => client.Book(), StdRooms: 0);
    public static readonly CrashScene BookTwo = new("book two stays", Nothing, client => client.Book("tok_ok", "STD", "SUP"), Stays: 2);
    public static readonly CrashScene BookTwoHalfSoldOut =
        new("book two stays, the second is sold out", Nothing, client => client.Book("tok_ok", "STD", "SUP"), SupRooms: 0, Stays: 2);

    public static readonly CrashScene Hold = new("hold", Nothing, client => client.Hold());

    /// <summary>The silo dies by itself when the hold's time is up: no call is under way.</summary>
    public static readonly CrashScene HoldEnds = new("hold, and never pay", Nothing, client => client.Hold());

    public static readonly CrashScene Pay =
        new("pay for a hold", client => CrashClient.Reach(client.Hold(), ReservationStatus.Held), client => client.Pay());

    public static readonly CrashScene CancelHeld =
        new("cancel a hold", client => CrashClient.Reach(client.Hold(), ReservationStatus.Held), client => client.Cancel());

    public static readonly CrashScene CancelConfirmed =
        new("cancel a booking", client => CrashClient.Reach(client.Book(), ReservationStatus.Confirmed), client => client.Cancel());

    public static readonly CrashScene CancelTwo = new(
        "cancel two stays", client => CrashClient.Reach(client.Book("tok_ok", "STD", "SUP"), ReservationStatus.Confirmed), client => client.Cancel(),
        Stays: 2);

    /// <summary>The provider captures only after the cancellation is durable.</summary>
    public static readonly CrashScene CancelWhileCharging = new("cancel while the charge is under way", BookSlowly, client => client.Cancel());

    public static readonly CrashScene BookAmongMany = new("book among so many that a snapshot is due", FillToSnapshot, client => client.Book(), StdRooms: 100);

    private static Task Nothing(CrashClient client) => Task.CompletedTask;

    private static async Task BookSlowly(CrashClient client)
    {
        client.Book("tok_slow").Ignore();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await client.Provider.UntilCharge($"{client.Case.Reservation:N}-1", patience.Token);
    }

    // One event short: the row's own hold is the one that makes the snapshot due.
    private static async Task FillToSnapshot(CrashClient client)
    {
        var inventory = client.Grains.GetGrain<IInventoryGrain>($"{client.Case.Property}/STD");
        const int CapacitySet = 1;
        for (var i = CapacitySet + 1; i < EventsPerSnapshot; i++)
            await inventory.PlaceHold(new HoldId(Guid.NewGuid(), 0), ClusterFixture.Nights, 1, TimeProvider.System.GetUtcNow().AddHours(1));
    }
}
