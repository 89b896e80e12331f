namespace TravelHub.Client.Http;

/// <summary>What became of a request for rooms.</summary>
internal abstract record BookingAnswer
{
    /// <summary>It was taken in; <see cref="Reservation.Status"/> says how it stands, and is not pending.</summary>
    public sealed record Taken(Reservation Reservation) : BookingAnswer;

    /// <summary>Some night lacks rooms. An answer, not an error.</summary>
    public sealed record SoldOut(string? Detail) : BookingAnswer;
}
