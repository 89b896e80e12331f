namespace TravelHub.Grains.Abstractions.Analytics;

/// <summary>Which figures, and how they are summed up. What is not told apart is one row.</summary>
/// <param name="From">The first day or night.</param>
/// <param name="Until">The day or night after the last; at most 366 later.</param>
/// <param name="Destination">Of this destination alone; null for all.</param>
/// <param name="Property">Of this property alone; null for all.</param>
/// <param name="After">The last key of the page before; null for the first page.</param>
/// <param name="Limit">1 to 1,000 rows.</param>
[GenerateSerializer, Immutable, Alias("travelhub.analytics-query.v1")]
public sealed record AnalyticsQuery(
    [property: Id(0)] DateOnly From,
    [property: Id(1)] DateOnly Until,
    [property: Id(2)] bool ByDay,
    [property: Id(3)] bool ByDestination,
    [property: Id(4)] bool ByProperty,
    [property: Id(5)] string? Destination,
    [property: Id(6)] string? Property,
    [property: Id(7)] AnalyticsKey? After,
    [property: Id(8)] int Limit);

/// <summary>What a row is about; rows are ordered by it.</summary>
/// <param name="Day">The day or night; <see cref="DateOnly.MinValue"/> when days are summed up.</param>
/// <param name="Destination">Empty when destinations are summed up, and for a property of which it is not known yet.</param>
/// <param name="Property">Empty when properties are summed up.</param>
[GenerateSerializer, Immutable, Alias("travelhub.analytics-key.v1")]
public sealed record AnalyticsKey([property: Id(0)] DateOnly Day, [property: Id(1)] string Destination, [property: Id(2)] string Property);
