using TravelHub.Grains.Abstractions.Catalog;

namespace TravelHub.Grains.Catalog;

/// <summary>What grain storage keeps of a property.</summary>
[GenerateSerializer, Alias("travelhub.property-entry.v1")]
internal sealed class PropertyEntry
{
    [Id(0)]
    public PropertyDefinition? Definition { get; set; }

    /// <summary>How often it has been put.</summary>
    [Id(1)]
    public long Version { get; set; }
}

/// <summary>What grain storage keeps of a destination.</summary>
[GenerateSerializer, Alias("travelhub.destination-entry.v1")]
internal sealed class DestinationEntry
{
    [Id(0)]
    public SortedSet<string> Properties { get; set; } = new(StringComparer.Ordinal);
}
