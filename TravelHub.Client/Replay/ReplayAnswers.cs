namespace TravelHub.Client.Replay;

/// <summary>What the clients of a run were told, for the checks; each in file order.</summary>
/// <param name="SoldOut">Rows that were told that nothing is left.</param>
/// <param name="Undecided">Rows without an answer that lasts: they may have been booked, or be booked yet.</param>
internal sealed record ReplayAnswers(
    IReadOnlyList<AcceptedBooking> Accepted, IReadOnlyList<PlannedBooking> SoldOut, IReadOnlyList<PlannedBooking> Undecided)
{
    /// <summary>Whether nothing that was asked for may still be under way.</summary>
    public bool AreAllDecided => Undecided.Count == 0 && !Accepted.Any(booking => booking.IsCancellationUndecided);
}
