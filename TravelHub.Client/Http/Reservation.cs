namespace TravelHub.Client.Http;

/// <summary>A reservation as its owner sees it.</summary>
/// <param name="Status">One of <see cref="ReservationStatus"/>.</param>
/// <param name="Total">Null until it is known.</param>
/// <param name="Reason">Why it is sold out, declined or lapsed; else null.</param>
internal sealed record Reservation(Guid Id, string Status, long Version, Money? Total = null, string? Reason = null);

/// <summary>The values of <see cref="Reservation.Status"/> that a caller tells apart.</summary>
internal static class ReservationStatus
{
    public const string Pending = "pending";
    public const string Confirmed = "confirmed";
    public const string Cancelling = "cancelling";
    public const string Cancelled = "cancelled";
    public const string SoldOut = "sold-out";

    /// <summary>Whether it changes without anybody asking.</summary>
    public static bool IsUnderway(string status) => status is Pending or Cancelling;
}
