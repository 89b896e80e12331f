using TravelHub.Grains.Abstractions.Catalog;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Intake;

/// <summary>A reservation as far as the intake knows it; the fields that it shares with a reservation's view mean the same.</summary>
/// <param name="Status"><c>pending</c> or <c>cancelling</c> while something waits; <c>refused</c> when the cluster would not take the booking.</param>
/// <param name="Version">0: nothing of it is in the log, as far as this gateway knows.</param>
internal sealed record KeptView(
    Guid Id, string Status, long Version, IReadOnlyList<KeptStay>? Stays, DateTimeOffset CreatedAt, string Reason, IReadOnlyList<KeptNote> Kept)
{
    /// <param name="requests">In the order of arrival, at least one.</param>
    public static KeptView Of(Guid id, IReadOnlyList<KeptRequest> requests)
    {
        var last = requests.LastOrDefault(r => r.IsWaiting) ?? requests[^1];
        return new KeptView(
            id, StatusOf(last), Version: 0, requests[0].ReadStays()?.Select(KeptStay.Of).ToArray(), requests[0].KeptAt,
            last.Refusal?.Detail ?? last.Reason, [.. requests.Select(KeptNote.Of)]);
    }

    /// <summary>What a request makes of its reservation, as it stands.</summary>
    public static string StatusOf(KeptRequest request) => request switch
    {
        { IsWaiting: false } => "refused",
        { Kind: KeptKind.Cancellation } => ReservationStatus.Cancelling,
        _ => ReservationStatus.Pending,
    };
}

internal sealed record KeptStay(string PropertyId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, int Rooms, int Guests)
{
    public static KeptStay Of(StayRequest stay) =>
        new(stay.PropertyId, stay.RoomType, stay.Nights.CheckIn, stay.Nights.CheckOut, stay.Rooms, stay.Guests);
}

/// <summary>What became of a request that the intake has taken.</summary>
/// <param name="Request"><c>booking</c>, <c>payment</c> or <c>cancellation</c>.</param>
/// <param name="State"><c>waiting</c> or <c>refused</c>; what was delivered is in the reservation itself.</param>
/// <param name="Code">Why it was refused.</param>
internal sealed record KeptNote(string Request, string State, DateTimeOffset KeptAt, string? Code, string Reason)
{
    public static KeptNote Of(KeptRequest request) => new(
        request.Kind switch { KeptKind.Booking => "booking", KeptKind.Payment => "payment", _ => "cancellation" },
        request.IsWaiting ? "waiting" : "refused", request.KeptAt, request.Refusal?.Code, request.Refusal?.Detail ?? request.Reason);
}
