using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TravelHub.Grains.Abstractions.Inventory;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>A stay with everything frozen that its price and its refund depend on.</summary>
/// <param name="NightlyMinor">Price of one room for each night, before tax.</param>
/// <param name="FreeUntil">A cancellation before this instant gives everything back.</param>
/// <param name="LateRefundPercent">What a later one gives back, 0 to 100.</param>
/// <param name="RoomNightFeeMinor">Fee for each room and night, not taxed.</param>
[GenerateSerializer, Immutable, Alias("travelhub.priced-stay.v1")]
public sealed record PricedStay(
    [property: Id(0)] string PropertyId,
    [property: Id(1)] string RoomType,
    [property: Id(2)] Nights Nights,
    [property: Id(3)] int Rooms,
    [property: Id(4)] int Guests,
    [property: Id(5)] string Currency,
    [property: Id(6)] ImmutableArray<long> NightlyMinor,
    [property: Id(7)] int TaxBasisPoints,
    [property: Id(8)] DateTimeOffset FreeUntil,
    [property: Id(9)] int LateRefundPercent,
    [property: Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long RoomNightFeeMinor = 0)
{
    /// <summary>The key of the inventory that holds these rooms.</summary>
    public string InventoryKey() => $"{PropertyId}/{RoomType}";
}

/// <summary>What a property says to a stay.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.pricing-outcome.v1")]
public abstract record PricingOutcome
{
    [GenerateSerializer, Immutable, Alias("travelhub.pricing-outcome.priced.v1")]
    public sealed record Priced([property: Id(0)] PricedStay Stay) : PricingOutcome;

    [GenerateSerializer, Immutable, Alias("travelhub.pricing-outcome.refused.v1")]
    public sealed record Refused([property: Id(0)] Refusal Why) : PricingOutcome;
}
