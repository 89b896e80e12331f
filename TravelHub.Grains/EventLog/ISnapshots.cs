namespace TravelHub.Grains.EventLog;

/// <summary>States of streams, kept so that an activation need not read the whole stream. They come from committed state and never replace a newer one.</summary>
internal interface ISnapshots
{
    /// <param name="shape">The payload's, as the program writes it now.</param>
    /// <returns>The stream's newest snapshot of that shape, or null.</returns>
    Task<(long Version, string Payload)?> Load(string stream, int shape, CancellationToken cancellationToken);

    /// <param name="version">The stream's version that the payload is the state at; it must be durable.</param>
    Task Save(string stream, long version, int shape, string payload);
}
