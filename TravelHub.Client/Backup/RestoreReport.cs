namespace TravelHub.Client.Backup;

/// <summary>What a restored database holds.</summary>
/// <param name="Epoch">The log's new one, by which readers know that they have to start again.</param>
internal sealed record RestoreReport(long Events, long Streams, Guid Epoch);
