namespace TravelHub.Grains.Abstractions.Inventory;

/// <summary>Names one hold: a reservation's stay. The same id always means the same hold, so that a retry is harmless.</summary>
/// <param name="Stay">The stay's index in its request; on from <see cref="PerRequest"/> when one request of the reservation was given up before, and so on.</param>
[GenerateSerializer, Immutable, Alias("travelhub.hold-id.v1")]
public readonly record struct HoldId([property: Id(0)] Guid Reservation, [property: Id(1)] int Stay)
{
    /// <summary>How many numbers each request of a reservation has for its stays: more than a request may have.</summary>
    public const int PerRequest = 1_000;
}
