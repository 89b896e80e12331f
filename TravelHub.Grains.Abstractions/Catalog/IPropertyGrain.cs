using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>One property's entry in the catalogue; its key is the property's id.</summary>
[Alias("travelhub.property")]
public interface IPropertyGrain : IGrainWithStringKey
{
    /// <summary>Creates or replaces the entry, sets the base capacity of its room types and lists it at its destination.</summary>
    /// <returns>Null when done; a refusal, such as <c>capacity-too-low</c>, when nothing of the entry was changed.</returns>
    [Alias("put")]
    Task<Refusal?> Put(PropertyDefinition definition);

    /// <returns>The entry, or null when there is none.</returns>
    [Alias("get"), AlwaysInterleave]
    Task<PropertyDefinition?> Get();

    /// <summary>Checks a stay against the entry and freezes its price and terms.</summary>
    [Alias("price"), AlwaysInterleave]
    Task<PricingOutcome> Price(StayRequest stay);
}
