using TravelHub.Client.Replay.Audit;
using TravelHub.Lab.Logs;

namespace TravelHub.Lab.Checks;

/// <summary>Judges what must be true once all work is done.</summary>
internal static class RestChecks
{
    private static readonly string[] Ends = ["confirmed", "cancelled", "sold-out", "lapsed", ReplayedReservation.Abandoned];

    public static IReadOnlyList<CheckResult> Of(ReplayedLog log) =>
    [
        CheckResult.Of(
            "every booking has ended",
            $"reservations: {log.Reservations.Count}",
            log.Reservations.Values.Where(reservation => !Ends.Contains(reservation.Status))
                .Select(reservation => $"reservation {reservation.Id} is {reservation.Status}")) with { MaySettle = true },
        CheckResult.Of(
            "the rooms of confirmed reservations are sold, and those of ended ones are free",
            $"holds: {log.Holds.Count}, placed again after their release: {log.Holds.Count(hold => hold.Placed > 1)}",
            log.Holds.Select(hold => WrongHold(hold, log)).OfType<string>().Concat(WithoutRooms(log))) with { MaySettle = true },
        CheckResult.Of(
            "the rooms of confirmed reservations are those that were asked for", $"holds: {log.Holds.Count}", log.Holds.Select(hold => OtherTerms(hold, log)).OfType<string>()),
        CheckResult.Of("every stream can be replayed", $"streams: {log.StreamVersions.Count}", log.Broken),
    ];

    private static string? WrongHold(ReplayedHold hold, ReplayedLog log)
    {
        var reservation = log.Reservations.GetValueOrDefault(hold.Reservation);
        var expected = reservation is { Status: "confirmed" } && reservation.StayOf(hold.Stay) is not null ? "sold" : "released";
        return hold.Fate == expected ? null : $"{hold.Inventory}: hold {hold.Reservation}/{hold.Stay} is {hold.Fate}, its reservation {reservation?.Status ?? "unknown"}";
    }

    private static string? OtherTerms(ReplayedHold hold, ReplayedLog log)
    {
        var asked = log.Reservations.GetValueOrDefault(hold.Reservation) is { Status: "confirmed", Terms: { } terms } reservation && reservation.StayOf(hold.Stay) is { } stay
            ? terms.ElementAtOrDefault(stay)
            : null;
        return asked is null || asked == hold.Terms ? null : $"{hold.Inventory}: hold {hold.Reservation}/{hold.Stay} has {hold.Terms}, asked for was {asked}";
    }

    private static IEnumerable<string> WithoutRooms(ReplayedLog log)
    {
        var known = log.Holds.Select(hold => (hold.Inventory, hold.Reservation, hold.Stay)).ToHashSet();
        return log.Reservations.Values.Where(reservation => reservation.Status == "confirmed")
            .SelectMany(reservation => reservation.Inventories.Select((inventory, stay) => (inventory, reservation.Id, Hold: reservation.FirstHold + stay)))
            .Where(wanted => !known.Contains(wanted))
            .Select(wanted => $"reservation {wanted.Id} is confirmed, and {wanted.inventory} has no hold {wanted.Hold}");
    }
}
