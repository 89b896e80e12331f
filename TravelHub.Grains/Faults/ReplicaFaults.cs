using System.Collections.Immutable;
using TravelHub.Grains.Abstractions.Faults;

namespace TravelHub.Grains.Faults;

/// <summary>Which replicas misbehave, as this silo knows it.</summary>
internal sealed class ReplicaFaults
{
    private volatile ImmutableDictionary<string, ReplicaFault> _all = ImmutableDictionary<string, ReplicaFault>.Empty;
    private volatile TaskCompletionSource _changed = NewChange();

    public ReplicaFault? Of(string replica) => _all.GetValueOrDefault(replica);

    public void Set(ImmutableDictionary<string, ReplicaFault> all)
    {
        _all = all;
        Interlocked.Exchange(ref _changed, NewChange()).SetResult();
    }

    /// <summary>Completes when the replica has this fault no more.</summary>
    public async Task UntilOver(string replica, ReplicaFault fault)
    {
        while (_changed.Task is var changed && Of(replica) == fault)
            await changed;
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
