using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>Keeps the books by the log: what was captured and given back, in double entry. Its key is 0.</summary>
[Alias("travelhub.ledger")]
public interface ILedgerGrain : IGrainWithIntegerKey
{
    /// <summary>Arranges the reading for ever. May be called again at any time.</summary>
    [Alias("start")]
    Task Start();

    /// <summary>Books all that can be read by now.</summary>
    /// <returns>How many movements were read.</returns>
    [Alias("run")]
    Task<int> Run();

    /// <summary>How far the books are behind the log; answered while they are being read from the beginning too.</summary>
    [Alias("lag"), AlwaysInterleave]
    Task<ResyncLag> Lag();
}
