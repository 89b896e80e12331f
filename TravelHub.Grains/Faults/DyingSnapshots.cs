using TravelHub.Grains.EventLog;

namespace TravelHub.Grains.Faults;

/// <summary>The snapshots of a silo that dies before one is kept, or after.</summary>
internal sealed class DyingSnapshots(ISnapshots snapshots, ArmedFailpoint failpoint) : ISnapshots
{
    public Task<(long Version, string Payload)?> Load(string stream, int shape, CancellationToken cancellationToken) =>
        snapshots.Load(stream, shape, cancellationToken);

    public Task Save(string stream, long version, int shape, string payload) =>
        failpoint.Around([Failpoints.Snapshot], [stream], () => snapshots.Save(stream, version, shape, payload));
}
