using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests;

/// <summary>One silo for the tests of a class, and a property of its own for each test.</summary>
public sealed class ClusterFixture(PostgresFixture postgres, PaymentSandboxFixture provider) : IAsyncLifetime
{
    public static readonly Nights Nights = new(new DateOnly(2030, 1, 10), new DateOnly(2030, 1, 13));

    public GrainCluster Cluster { get; private set; } = null!;

    public PaymentSandboxFixture Provider => provider;

    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        ConnectionString = await postgres.NewTravelHubDatabase($"cluster_{Guid.NewGuid():N}", CancellationToken.None);
        Cluster = await GrainCluster.Start(
            ConnectionString, provider, silos: 1, ("Inventory:AskPeriod", "00:00:00.100"), ("Payments:ExchangeRates:EUR-USD", "1080000"));
    }

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    public IInventoryGrain Inventory(string property, string roomType = "STD") => Cluster.Grains.GetGrain<IInventoryGrain>($"{property}/{roomType}");

    public IReservationGrain Reservation(Guid id) => Cluster.Grains.GetGrain<IReservationGrain>(id);

    /// <summary>A property with room types STD (120.00 a night) and SUP (150.00), each with the same number of rooms.</summary>
    public static async Task<string> NewProperty(IGrainFactory grains, int rooms, long nightlyMinor = 12_000)
    {
        var id = $"casa-{Guid.NewGuid():N}";
        await PutProperty(grains, id, rooms, nightlyMinor);
        return id;
    }

    /// <inheritdoc cref="NewProperty(IGrainFactory, int, long)"/>
    public static async Task PutProperty(IGrainFactory grains, string id, int rooms, long nightlyMinor = 12_000)
    {
        var property = grains.GetGrain<IPropertyGrain>(id);
        var why = await property.Put(new PropertyDefinition(
            "Casa", "lisbon", "Europe/Lisbon", "EUR", 3_650, 0, new CancellationPolicy(1, 0),
            [new RoomType("STD", "Standard", 2, rooms, nightlyMinor, []), new RoomType("SUP", "Superior", 2, rooms, 15_000, [])], []), await property.Version());
        Assert.Null(why);
    }

    public Task<string> NewProperty(int rooms, long nightlyMinor = 12_000) => NewProperty(Cluster.Grains, rooms, nightlyMinor);

    public static BookCommand Booking(string property, BookingMode mode = BookingMode.Book, string token = "tok_ok", params string[] roomTypes) => new(
        "ann", "hash", mode,
        [.. (roomTypes.Length > 0 ? roomTypes : ["STD"]).Select(r => new StayRequest(property, r, Nights, 1, 2, RatePlan: null, Quote: null))],
        new Guest("Ann", "ann@example.com"), token);

    /// <summary>Waits until a grain that is done with its work has no activation.</summary>
    public async Task UntilDeactivated(IAddressable grain)
    {
        var management = Cluster.Grains.GetGrain<IManagementGrain>(0);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await management.GetActivationAddress(grain) is not null)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }

    /// <summary>Waits until a room type has this many rooms left on the first night.</summary>
    public async Task UntilLeft(string property, int left)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await Inventory(property).Availability(Nights))[0] != left)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
    }
}
