namespace TravelHub.Client.Http;

/// <summary>Where a TravelHub is, and what opens it.</summary>
/// <param name="ClientKey">Books; empty when a command does not book.</param>
/// <param name="OperatorKey">Writes the catalogue.</param>
/// <param name="ConnectionString">Its database, for checks of the log; null when it is out of reach.</param>
/// <param name="ProviderStorePath">The payment provider's SQLite file, for checks of the charges; null when it is out of reach.</param>
internal sealed record Target(Uri Url, string ClientKey, string OperatorKey, string? ConnectionString, string? ProviderStorePath);
