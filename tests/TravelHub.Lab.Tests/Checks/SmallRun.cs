using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Logs;
using TravelHub.Lab.Workload;

namespace TravelHub.Lab.Tests.Checks;

/// <summary>A history in which all is well: one reservation confirmed, one cancelled and given back, one sold out. Tests spoil it.</summary>
internal static class SmallRun
{
    public const long PriceMinor = 12_000;

    public static readonly Guid Confirmed = new("11111111-0000-0000-0000-000000000000");
    public static readonly Guid Cancelled = new("22222222-0000-0000-0000-000000000000");
    public static readonly Guid SoldOut = new("33333333-0000-0000-0000-000000000000");

    public static readonly string Inventory = LabCatalogue.Hot[0].Stream;

    public static readonly ReplayedReservation TheConfirmed = new(
        Confirmed, "confirmed", 3, PriceMinor, true,
        ["reservation.requested.v1", "reservation.paid.v1", "reservation.confirmed.v1"], [PriceMinor], [], [Inventory]);

    public static readonly ReplayedReservation TheCancelled = new(
        Cancelled, "cancelled", 6, PriceMinor, true,
        [.. TheConfirmed.Events, "reservation.cancel-requested.v1", "reservation.refunded.v1", "reservation.cancelled.v1"],
        [PriceMinor], [PriceMinor], [Inventory]);

    public static readonly ReplayedReservation TheSoldOut = new(
        SoldOut, "sold-out", 2, null, true, ["reservation.requested.v1", "reservation.sold-out.v1"], [], [], [Inventory]);

    public static readonly ReplayedHold TheSold = new(Inventory, Confirmed, 0, "sold");
    public static readonly ReplayedHold TheReleased = new(Inventory, Cancelled, 0, "released");

    public static readonly IReadOnlyList<ProviderCharge> Charges =
    [
        new(Confirmed, "c-1", "captured", PriceMinor, "EUR", 0),
        new(Cancelled, "c-2", "captured", PriceMinor, "EUR", PriceMinor),
    ];

    public static readonly IReadOnlyList<Acknowledgement> Told =
    [
        new(1, LabRequest.Book, "a", Confirmed, 201, "confirmed", 3, PriceMinor),
        new(2, LabRequest.Book, "b", Cancelled, 202, "pending", 1, null),
        new(3, LabRequest.Book, "b", Cancelled, 201, "confirmed", 3, PriceMinor),
        new(4, LabRequest.Cancel, "c", Cancelled, 200, "cancelled", 6, PriceMinor),
        new(5, LabRequest.Book, "d", SoldOut, 409, "sold-out", 2, null),
        new(6, LabRequest.Book, "a", Confirmed, 201, "confirmed", 3, PriceMinor),
    ];

    public static ReplayedLog Log(params ReplayedReservation[] reservations)
    {
        if (reservations.Length == 0)
            reservations = [TheConfirmed, TheCancelled, TheSoldOut];
        var rooms = LabCatalogue.Hot.Concat(LabCatalogue.Calm).ToDictionary(room => room.Stream, room => (Func<DateOnly, int>)(night => night < LabCatalogue.FirstNight ? LabCatalogue.Capacity(room) : 1));
        return new ReplayedLog(
            reservations.ToDictionary(one => one.Id), [TheSold, TheReleased], rooms,
            reservations.ToDictionary(one => $"reservation/{one.Id:D}", one => one.Version), []);
    }
}
