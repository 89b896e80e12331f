namespace TravelHub.Client.Http;

/// <summary>What a guest looks for: the nights [CheckIn, CheckOut) at a destination.</summary>
internal sealed record SearchRequest(string Destination, DateOnly CheckIn, DateOnly CheckOut, int Guests, int Rooms = 1, string? After = null);

/// <summary>One page of offers.</summary>
internal sealed record SearchPage(IReadOnlyList<Offer> Data, PageMeta Meta);

/// <param name="After">Where the next page begins; null on the last one.</param>
internal sealed record PageMeta(string? After = null);

/// <param name="Quote">Binds the price when it is booked in time; null for prices that may have changed.</param>
internal sealed record Offer(string PropertyId, string PropertyName, string RoomType, Money Total, int RoomsLeft, string? Quote = null);
