namespace TravelHub.Api.Pages.Operations;

/// <summary>A line of a <see cref="LineChart"/>.</summary>
/// <param name="Figure">Its newest figures, in words: the chart's text for who does not see it.</param>
/// <param name="Values">The oldest first; null leaves a gap.</param>
public sealed record ChartLine(string Name, string Figure, IReadOnlyList<double?> Values);
