using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Abstractions.Catalog;

/// <summary>A stay as a guest asks for it.</summary>
/// <param name="Rooms">1 to 99.</param>
/// <param name="Guests">In all rooms together, at least 1.</param>
/// <param name="RatePlan">A rate plan's code, or null for the room type's own rates.</param>
/// <param name="Quote">A price that a search has promised, or null for today's price.</param>
/// <param name="ShownTotal">What the guest was shown that it costs, with tax and fees; at another price it is not booked. Null for whatever it costs. A quote goes before it.</param>
/// <param name="AskedAt">When the quote has to be good; null for now.</param>
[GenerateSerializer, Immutable, Alias("travelhub.stay-request.v1")]
public sealed record StayRequest(
    [property: Id(0)] string PropertyId,
    [property: Id(1)] string RoomType,
    [property: Id(2)] Nights Nights,
    [property: Id(3)] int Rooms,
    [property: Id(4)] int Guests,
    [property: Id(5)] string? RatePlan,
    [property: Id(6)] string? Quote,
    [property: Id(7)] Money? ShownTotal = null,
    [property: Id(8)] DateTimeOffset? AskedAt = null);
