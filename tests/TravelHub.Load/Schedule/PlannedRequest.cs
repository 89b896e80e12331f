namespace TravelHub.Load.Schedule;

/// <summary>One request of a schedule.</summary>
/// <param name="Number">Its place in the schedule, from 0.</param>
/// <param name="Start">When it is to be sent, from the start of the run. Latency counts from here, whenever it is sent.</param>
/// <param name="IsWarmUp">Whether it is sent only to make the target warm, and left out of the figures.</param>
/// <param name="Kind">Booking or search.</param>
/// <param name="Room">The number of the room type, from 1.</param>
/// <param name="CheckIn">The first of <see cref="LoadSchedule.NightsBooked"/> nights.</param>
/// <param name="IdempotencyKey">The key of a booking; null for a search.</param>
public sealed record PlannedRequest(
    int Number, TimeSpan Start, bool IsWarmUp, RequestKind Kind, int Room, DateOnly CheckIn, string? IdempotencyKey);
