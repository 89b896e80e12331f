namespace TravelHub.Client.Replay.Audit;

/// <summary>
/// Reads off the log what became of requests that had no answer. A time-out is no "no": either end is right for them, but it has to be one, and the
/// same for the guest, the rooms and the money.
/// </summary>
internal static class Hindsight
{
    /// <returns>The accepted bookings, those of the undecided that the log confirms for their total, and of each whether it is cancelled.</returns>
    public static IReadOnlyList<AcceptedBooking> Of(ReplayAnswers answers, IReadOnlyList<LoggedReservation> logged)
    {
        var cancelled = logged.Where(reservation => reservation.Cancelled > 0).Select(reservation => reservation.Id).ToHashSet();
        var accepted = answers.Accepted
            .Select(booking => booking.IsCancellationUndecided ? booking with { IsCancelled = cancelled.Contains(booking.Reservation) } : booking)
            .ToList();
        var told = answers.Accepted.Select(booking => booking.Reservation).ToHashSet();
        // Rows that ask for the same cannot be told apart in the log, and need not be: each stands for one reservation at most.
        var open = answers.Undecided
            .GroupBy(booking => (new LoggedStay(booking.PropertyId, booking.RoomType, booking.CheckIn, booking.CheckOut), booking.TotalMinor))
            .ToDictionary(same => same.Key, same => new Queue<PlannedBooking>(same));
        foreach (var reservation in logged.Where(reservation => reservation.Confirmed > 0 && !told.Contains(reservation.Id)))
        {
            if (reservation is { Stay: { } stay, ConfirmedMinor: { } minor } && open.TryGetValue((stay, minor), out var rows) && rows.TryDequeue(out var row))
                accepted.Add(new AcceptedBooking(row, reservation.Id, IsCancelled: false));
        }

        return accepted;
    }
}
