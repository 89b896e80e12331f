using TravelHub.Client.Http;

namespace TravelHub.Client.Replay;

/// <summary>Everything that a replay will do, decided beforehand.</summary>
/// <param name="Run">Names this run; part of every id and key in it.</param>
/// <param name="ShiftWeeks">By how many weeks every date was moved.</param>
/// <param name="Steps">What is sent, in order.</param>
internal sealed record ReplayPlan(
    string Run, int ShiftWeeks, IReadOnlyList<PlannedProperty> Properties, IReadOnlyList<PlannedBooking> Bookings,
    IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>The log's streams of all room types.</summary>
    public IEnumerable<string> InventoryStreams() =>
        Properties.SelectMany(property => property.Document.RoomTypes.Select(type => InventoryStream(property.Id, type.Code)));

    public static string InventoryStream(string propertyId, string roomType) => $"inventory/{propertyId}/{roomType}";
}

/// <summary>A hotel of the file as a new property.</summary>
internal sealed record PlannedProperty(string Id, PropertyDocument Document);

/// <summary>A row as it will be sent, with its dates moved.</summary>
/// <param name="IsCancelledLater">Whether a later step cancels it.</param>
internal sealed record PlannedBooking(
    int Line, string PropertyId, string RoomType, DateOnly CheckIn, DateOnly CheckOut, int Guests, long NightlyMinor,
    string IdempotencyKey, bool IsCancelledLater)
{
    public long TotalMinor => NightlyMinor * Nights;

    public int Nights => CheckOut.DayNumber - CheckIn.DayNumber;

    public string RatePlan => ReplayPlanner.RatePlanCode(NightlyMinor);
}

/// <param name="Booking">Its place in <see cref="ReplayPlan.Bookings"/>.</param>
internal readonly record struct PlannedStep(int Booking, bool IsCancellation);
