namespace TravelHub.Client.Replay.Audit;

/// <summary>A reservation of the run, as its stream of the log tells it.</summary>
/// <param name="Confirmed">How many events confirm it.</param>
/// <param name="ConfirmedMinor">The total that the last of them names; null when there is none.</param>
/// <param name="Cancelled">How many events end it as cancelled.</param>
/// <param name="RefundedMinor">The sum of all refunds in the stream.</param>
/// <param name="HasEnded">False while it is still under way, or when only its hold knows it.</param>
internal sealed record LoggedReservation(
    Guid Id, int Confirmed, long? ConfirmedMinor, string? Currency, int Cancelled, long RefundedMinor, bool HasEnded)
{
    /// <summary>The stay that it asked for; null when only its hold knows it.</summary>
    public LoggedStay? Stay { get; init; }
}

/// <summary>The nights [CheckIn, CheckOut) in a room type.</summary>
internal sealed record LoggedStay(string PropertyId, string RoomType, DateOnly CheckIn, DateOnly CheckOut);
