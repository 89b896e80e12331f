using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>
/// Reads the log for what reservations decided, and tells the inventories that have not heard of it: the word of a reservation is sent once
/// and may be lost. Its permanent reminder (10 s) is the latest moment; an inventory that comes back wakes it at once. There is one, key 0.
/// </summary>
[Alias("travelhub.resync")]
public interface IResyncGrain : IGrainWithIntegerKey
{
    /// <summary>Arranges the permanent reminder; harmless to repeat.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Has it read on soon. May be lost.</summary>
    [Alias("wake"), OneWay]
    Task Wake();

    /// <summary>Reads on to the horizon of the log.</summary>
    /// <returns>How many decisions it passed on.</returns>
    [Alias("run")]
    Task<int> Run();

    /// <summary>How far it is behind.</summary>
    [Alias("lag"), AlwaysInterleave]
    Task<ResyncLag> Lag();
}

/// <summary>How far inventories can be behind the log.</summary>
/// <param name="Events">Decisions of reservations that have not been passed on, up to 100,000.</param>
/// <param name="Behind">Age of the oldest of them; zero when there is none.</param>
/// <param name="Horizon">Age of the server's oldest transaction: readers see nothing that came after it began.</param>
[GenerateSerializer, Immutable, Alias("travelhub.resync-lag.v1")]
public sealed record ResyncLag([property: Id(0)] long Events, [property: Id(1)] TimeSpan Behind, [property: Id(2)] TimeSpan Horizon);
