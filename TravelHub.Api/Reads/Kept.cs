namespace TravelHub.Api.Reads;

/// <summary>An answer as the cache keeps it.</summary>
/// <param name="AsOf">When the question was asked.</param>
internal sealed record Kept<T>(T Value, DateTimeOffset AsOf);
