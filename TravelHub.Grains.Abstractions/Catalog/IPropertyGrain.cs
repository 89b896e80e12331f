using Orleans.Concurrency;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>One property's entry in the catalogue; its key is the property's id.</summary>
[Alias("travelhub.property")]
public interface IPropertyGrain : IGrainWithStringKey
{
    /// <summary>The code of a refusal: somebody has put the entry since the version that was named.</summary>
    const string Overtaken = "overtaken";

    /// <summary>Creates or replaces the entry, sets the base capacity of its room types and lists it at its destination.</summary>
    /// <param name="version">The entry's as the caller knows it, 0 when there is none. With another it is refused as <see cref="Overtaken"/>.</param>
    /// <returns>Null when done; a refusal, such as <c>capacity-too-low</c>, when nothing of the entry was changed.</returns>
    [Alias("put-at-version")]
    Task<Refusal?> Put(PropertyDefinition definition, long version);

    /// <summary>How often the entry has been put, as far as this activation knows.</summary>
    [Alias("version")]
    Task<long> Version();

    /// <returns>The entry, or null when there is none.</returns>
    [Alias("get"), AlwaysInterleave]
    Task<PropertyDefinition?> Get();

    /// <summary>Checks a stay against the entry and freezes its price and terms.</summary>
    [Alias("price"), AlwaysInterleave]
    Task<PricingOutcome> Price(StayRequest stay);
}
