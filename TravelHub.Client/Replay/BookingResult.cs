namespace TravelHub.Client.Replay;

/// <summary>What became of a row.</summary>
internal enum BookingFate
{
    /// <summary>Confirmed, for the right total or with an error noted beside it.</summary>
    Accepted,

    SoldOut,

    /// <summary>Neither: the tally has the error.</summary>
    Failed,
}

/// <param name="Reservation">Known when it was accepted.</param>
internal readonly record struct BookingResult(BookingFate Fate, Guid? Reservation = null);

/// <summary>An accepted row, for the checks.</summary>
internal sealed record AcceptedBooking(PlannedBooking Booking, Guid Reservation, bool IsCancelled);
