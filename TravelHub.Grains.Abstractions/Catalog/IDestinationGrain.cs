using System.Collections.Immutable;
using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>Which properties are at a destination; its key is the destination. It may name one that has moved away: the property's word counts.</summary>
[Alias("travelhub.destination")]
public interface IDestinationGrain : IGrainWithStringKey
{
    [Alias("add")]
    Task Add(string propertyId);

    [Alias("remove")]
    Task Remove(string propertyId);

    [Alias("properties"), AlwaysInterleave]
    Task<ImmutableArray<string>> Properties();
}
