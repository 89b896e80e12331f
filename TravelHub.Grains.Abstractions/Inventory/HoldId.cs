namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>Names one hold: a reservation's stay. The same id always means the same hold, so that a retry is harmless.</summary>
[GenerateSerializer, Immutable, Alias("travelhub.hold-id.v1")]
public readonly record struct HoldId([property: Id(0)] Guid Reservation, [property: Id(1)] int Stay);
