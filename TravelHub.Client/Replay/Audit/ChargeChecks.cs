namespace TravelHub.Client.Replay.Audit;

/// <summary>Compares what the provider charged and gave back with what the rows and the log say.</summary>
internal static class ChargeChecks
{
    public static IReadOnlyList<CheckResult> Of(
        IReadOnlyList<AcceptedBooking> accepted, IReadOnlyList<LoggedReservation> logged, IReadOnlyList<ProviderCharge> charges)
    {
        var captured = charges.Where(charge => charge.IsCaptured).ToLookup(charge => charge.Reservation);
        var all = charges.ToLookup(charge => charge.Reservation);
        var log = logged.ToDictionary(reservation => reservation.Id);
        var answered = accepted.Select(booking => booking.Reservation).ToHashSet();
        return
        [
            CheckResult.Of(
                "each accepted booking is charged once, and a free one never",
                $"captured charges: {captured.Sum(reservation => reservation.Count())}",
                accepted.Select(booking => WronglyCharged(booking, captured[booking.Reservation].ToList())).OfType<string>()),
            CheckResult.Of(
                "each cancelled booking is given back what the log says, all of it, and no other anything",
                $"refunded: {charges.Sum(charge => charge.RefundedMinor)} {ReplayPlanner.Currency} (minor)",
                accepted.SelectMany(booking => WronglyRefunded(booking, log.GetValueOrDefault(booking.Reservation), all[booking.Reservation]))),
            CheckResult.Of(
                "nobody else is charged",
                $"reservations looked up: {log.Keys.Union(answered).Count()}",
                charges.Where(charge => charge.IsCaptured && !answered.Contains(charge.Reservation))
                    .Select(charge => $"reservation {charge.Reservation} was not accepted, and charge {charge.ChargeId} took {charge.AmountMinor}")),
        ];
    }

    private static string? WronglyCharged(AcceptedBooking accepted, List<ProviderCharge> captured)
    {
        var name = $"line {accepted.Booking.Line}, reservation {accepted.Reservation}";
        var total = accepted.Booking.TotalMinor;
        var expected = total > 0 ? 1 : 0;
        if (captured.Count != expected)
            return $"{name}: charged {captured.Count} times, not {expected}";
        return captured.Any(charge => charge.AmountMinor != total || charge.Currency != ReplayPlanner.Currency)
            ? $"{name}: charged {captured[0].AmountMinor} {captured[0].Currency}, not {total} {ReplayPlanner.Currency}"
            : null;
    }

    private static IEnumerable<string> WronglyRefunded(AcceptedBooking accepted, LoggedReservation? logged, IEnumerable<ProviderCharge> charges)
    {
        var name = $"line {accepted.Booking.Line}, reservation {accepted.Reservation}";
        var refunded = 0L;
        foreach (var charge in charges)
        {
            refunded += charge.RefundedMinor;
            if (charge.RefundedMinor > (charge.IsCaptured ? charge.AmountMinor : 0))
                yield return $"{name}: charge {charge.ChargeId} of {charge.AmountMinor} gave back {charge.RefundedMinor}";
        }

        if (refunded != (logged?.RefundedMinor ?? 0))
            yield return $"{name}: given back {refunded}, the log says {logged?.RefundedMinor ?? 0}";
        // The run's properties give all back at any time.
        var expected = accepted.IsCancelled ? accepted.Booking.TotalMinor : 0;
        if (refunded != expected)
            yield return $"{name}: given back {refunded}, not {expected}";
    }
}
