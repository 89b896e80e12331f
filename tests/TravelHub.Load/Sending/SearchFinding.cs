namespace TravelHub.Load.Sending;

/// <summary>What an answered search says.</summary>
/// <param name="Offers">How many offers it lists.</param>
/// <param name="IsDegraded">Whether it says that it is an answer of before.</param>
/// <param name="Age">How old it says to be.</param>
public sealed record SearchFinding(int Offers, bool IsDegraded, TimeSpan Age);
