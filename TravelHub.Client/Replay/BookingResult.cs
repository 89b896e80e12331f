namespace TravelHub.Client.Replay;

/// <summary>What became of a row.</summary>
internal enum BookingFate
{
    /// <summary>Confirmed, for the right total or with an error noted beside it.</summary>
    Accepted,

    SoldOut,

    /// <summary>Neither, and it never will be: the tally has the error.</summary>
    Failed,

    /// <summary>There was no answer, or none that lasts: it may have been booked, or be booked yet. The tally has the error.</summary>
    Undecided,
}

/// <param name="Reservation">Known when it was accepted.</param>
internal readonly record struct BookingResult(BookingFate Fate, Guid? Reservation = null);

/// <summary>An accepted row, for the checks.</summary>
internal sealed record AcceptedBooking(PlannedBooking Booking, Guid Reservation, bool IsCancelled)
{
    /// <summary>Whether its cancellation was asked for, and had no answer: it may have been cancelled, or be cancelled yet.</summary>
    public bool IsCancellationUndecided { get; init; }
}
