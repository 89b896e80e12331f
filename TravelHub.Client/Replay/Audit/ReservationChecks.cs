using TravelHub.Client.Http;

namespace TravelHub.Client.Replay.Audit;

/// <summary>Compares what the gateway answered with what the log says of the run's reservations.</summary>
internal static class ReservationChecks
{
    public static IReadOnlyList<CheckResult> Of(IReadOnlyList<AcceptedBooking> accepted, IReadOnlyList<LoggedReservation> logged)
    {
        var log = logged.ToDictionary(reservation => reservation.Id);
        var answered = accepted.ToLookup(booking => booking.Reservation);
        var confirmed = logged.Where(reservation => reservation.Confirmed > 0).ToList();
        var cancelled = accepted.Count(booking => booking.IsCancelled);
        return
        [
            CheckResult.Of(
                "every accepted booking is confirmed once, for its total",
                $"accepted: {accepted.Count}",
                accepted.SelectMany(booking => NotConfirmedOnce(booking, log.GetValueOrDefault(booking.Reservation)))
                    .Concat(answered.Where(same => same.Count() > 1).Select(Shared))),
            CheckResult.Of(
                "nothing else is confirmed",
                $"confirmed: {confirmed.Count}",
                confirmed.Where(reservation => !answered.Contains(reservation.Id))
                    .Select(reservation => $"reservation {reservation.Id} is confirmed, and no row was told so")),
            CheckResult.Of(
                "the cancelled bookings are cancelled once, and no others",
                $"cancelled: {cancelled}",
                logged.Select(reservation => WronglyCancelled(reservation, answered[reservation.Id].Any(booking => booking.IsCancelled)))
                    .OfType<string>()),
            CheckResult.Of(
                "nothing is left pending",
                $"reservations: {logged.Count}",
                logged.Where(reservation => !reservation.HasEnded)
                    .Select(reservation => $"reservation {reservation.Id} has not ended")) with { MaySettle = true },
        ];
    }

    private static IEnumerable<string> NotConfirmedOnce(AcceptedBooking accepted, LoggedReservation? logged)
    {
        var name = $"line {accepted.Booking.Line}, reservation {accepted.Reservation}";
        var expected = new Money(accepted.Booking.TotalMinor, ReplayPlanner.Currency);
        if (logged is null or { Confirmed: 0 })
            yield return $"{name}: not confirmed in the log";
        else if (logged.Confirmed > 1)
            yield return $"{name}: confirmed {logged.Confirmed} times";
        else if (logged.ConfirmedMinor != expected.AmountMinor || logged.Currency != expected.Currency)
            yield return $"{name}: confirmed for {logged.ConfirmedMinor} {logged.Currency}, not {expected}";
    }

    private static string Shared(IGrouping<Guid, AcceptedBooking> same) =>
        $"reservation {same.Key} was given to lines {string.Join(", ", same.Select(booking => booking.Booking.Line))}";

    private static string? WronglyCancelled(LoggedReservation reservation, bool wasCancelled)
    {
        var expected = wasCancelled ? 1 : 0;
        return reservation.Cancelled == expected
            ? null
            : $"reservation {reservation.Id} is cancelled {reservation.Cancelled} times in the log, not {expected}";
    }
}
