using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>Where there are properties. Without state; its key has no meaning.</summary>
[Alias("travelhub.destination-list")]
public interface IDestinationListGrain : IGrainWithIntegerKey
{
    /// <returns>Every destination that a property was ever put at, in order; one may have none left.</returns>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<string>> List();
}
