namespace TravelHub.Api.Paging;

/// <summary>A page of a list.</summary>
internal sealed record PageAnswer<T>(IReadOnlyList<T> Data, PageMeta Meta);

/// <param name="After">Where the next page begins; null on the last one.</param>
internal sealed record PageMeta(string? After);
