namespace TravelHub.Grains.Abstractions.Payments;

/// <summary>An amount in the minor unit of its currency (cents for EUR).</summary>
/// <param name="AmountMinor">Whole minor units; never a fraction.</param>
/// <param name="Currency">ISO 4217, three capital letters.</param>
[GenerateSerializer, Immutable, Alias("travelhub.money.v1")]
public readonly record struct Money([property: Id(0)] long AmountMinor, [property: Id(1)] string Currency);
