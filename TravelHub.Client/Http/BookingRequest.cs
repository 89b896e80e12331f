namespace TravelHub.Client.Http;

/// <summary>Rooms asked for, and how they are paid.</summary>
/// <param name="PaymentToken">The provider's reference to the guest's means of payment.</param>
internal sealed record BookingRequest(IReadOnlyList<StayDocument> Stays, GuestDocument Guest, string? PaymentToken);

/// <summary>The nights [CheckIn, CheckOut) in a room type.</summary>
/// <param name="RatePlan">A rate plan's code, or null for the room type's own rates.</param>
/// <param name="Quote">A price that a search has promised, or null for today's price.</param>
internal sealed record StayDocument(
    string PropertyId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, int Rooms, int Guests, string? RatePlan = null, string? Quote = null);

internal sealed record GuestDocument(string Name, string Email);
