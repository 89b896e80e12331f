using TravelHub.Api.Catalog;
using TravelHub.Grains.Abstractions.Reservations;

namespace TravelHub.Api.Pages.Reservations;

/// <summary>Where a reservation stands, in a guest's words.</summary>
internal static class TripText
{
    /// <summary>The sandbox's cards: there is no real one in this house.</summary>
    public static IReadOnlyList<(string Token, string Label)> Cards { get; } =
    [
        ("tok_ok", Text.Card_Ok), ("tok_declined", Text.Card_Declined), ("tok_slow", Text.Card_Slow), ("tok_timeout_after_commit", Text.Card_Lost),
    ];

    /// <summary>What properties are called, by their ids, and their room types, by <c>property/room type</c>.</summary>
    public static Dictionary<string, string> Names(IEnumerable<PropertyAnswer> properties) => properties
        .SelectMany(p => p.RoomTypes.Select(r => ($"{p.Id}/{r.Code}", r.Name)).Prepend((p.Id, p.Name)))
        .ToDictionary(pair => pair.Item1, pair => pair.Name);

    public static string Status(string status) => status switch
    {
        ReservationStatus.Held => Text.Status_Held,
        ReservationStatus.Declined => Text.Status_Declined,
        ReservationStatus.Confirmed => Text.Status_Confirmed,
        ReservationStatus.Cancelling => Text.Status_Cancelling,
        ReservationStatus.Cancelled => Text.Status_Cancelled,
        ReservationStatus.SoldOut => Text.Status_SoldOut,
        ReservationStatus.Lapsed => Text.Status_Lapsed,
        _ => Text.Status_Pending,
    };

    public static string Title(string status) => status switch
    {
        ReservationStatus.Held => Text.Title_Held,
        ReservationStatus.Declined => Text.Title_Declined,
        ReservationStatus.Confirmed => Text.Title_Confirmed,
        ReservationStatus.Cancelling => Text.Title_Cancelling,
        ReservationStatus.Cancelled => Text.Title_Cancelled,
        ReservationStatus.SoldOut => Text.Title_SoldOut,
        ReservationStatus.Lapsed => Text.Title_Lapsed,
        _ => Text.Title_Pending,
    };

    public static string Detail(ReservationView trip) => trip.Status switch
    {
        ReservationStatus.Held => Text.Detail_Held,
        ReservationStatus.Declined => Text.Detail_Declined,
        ReservationStatus.Confirmed => Text.Detail_Confirmed,
        ReservationStatus.Cancelling => Text.Detail_Cancelling,
        ReservationStatus.Cancelled when trip.Payment?.Refunded is { AmountMinor: > 0 } refunded => Display.Fill(Text.Detail_CancelledRefunded, Display.Amount(refunded)),
        ReservationStatus.Cancelled => Text.Detail_Cancelled,
        ReservationStatus.SoldOut => Text.Detail_SoldOut,
        ReservationStatus.Lapsed => Text.Detail_Lapsed,
        _ => Text.Detail_Pending,
    };

    /// <summary>The class of a status' label.</summary>
    public static string Tone(string status) => status switch
    {
        ReservationStatus.Confirmed => "tag good",
        ReservationStatus.Declined or ReservationStatus.SoldOut or ReservationStatus.Lapsed => "tag bad",
        ReservationStatus.Cancelled => "tag",
        _ => "tag waiting",
    };
}
