using System.Collections.Immutable;

namespace TravelHub.Grains.Faults;

/// <summary>Who misbehaves and how, as this silo knows it.</summary>
internal sealed class FaultBoard<TFault> where TFault : class, IEquatable<TFault>
{
    private volatile ImmutableDictionary<string, TFault> _all = ImmutableDictionary<string, TFault>.Empty;
    private volatile TaskCompletionSource _changed = NewChange();

    public TFault? Of(string name) => _all.GetValueOrDefault(name);

    public void Set(ImmutableDictionary<string, TFault> all)
    {
        _all = all;
        Interlocked.Exchange(ref _changed, NewChange()).SetResult();
    }

    /// <summary>Completes when it has this fault no more.</summary>
    public async Task UntilOver(string name, TFault fault)
    {
        while (_changed.Task is var changed && fault.Equals(Of(name)))
            await changed;
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
