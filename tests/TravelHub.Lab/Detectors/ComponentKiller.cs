using TravelHub.Client.Processes;
using TravelHub.Lab.Faults;
using TravelHub.Lab.Instances;
using TravelHub.Lab.Liars;

namespace TravelHub.Lab.Detectors;

/// <summary>
/// Takes components of an instance away. A process is killed and left away; what is grains on all silos has every call to it fail, at the silos' own door.
/// </summary>
internal sealed class ComponentKiller : IDisposable
{
    private const int ReplicasForNoMajority = 3;

    private readonly LabInstance _instance;
    private readonly ReplicaDesk _desk;
    private readonly ComponentSwitches _switches;

    public ComponentKiller(LabInstance instance) => (_instance, _desk, _switches) = (instance, new ReplicaDesk(instance), new ComponentSwitches(instance));

    /// <summary>Whether the component is a process.</summary>
    public static bool IsProcess(string component) => component is "gateway" or "provider" || component.StartsWith("silo-", StringComparison.Ordinal);

    /// <summary>Returns when it is dead; it comes back when the result is disposed of.</summary>
    public async Task<IAsyncDisposable> Kill(string component, CancellationToken cancellationToken)
    {
        if (IsProcess(component))
        {
            var held = _instance.HoldBack(component);
            Blow.MustHit(Signals.End(_instance.Process(component)), $"The death of {component}");
            return new Back(() =>
            {
                held.Dispose();
                return Task.CompletedTask;
            });
        }

        if (component.StartsWith("replicas-", StringComparison.Ordinal))
            return await Silence(component["replicas-".Length..], cancellationToken);
        await _switches.Fail(component, "dead", 1, cancellationToken);
        return new Back(() => _switches.Mend(component, CancellationToken.None));
    }

    public void Dispose()
    {
        _desk.Dispose();
        _switches.Dispose();
    }

    // A group is dead when no majority of it answers.
    private async Task<IAsyncDisposable> Silence(string group, CancellationToken cancellationToken)
    {
        var silent = Enumerable.Range(1, ReplicasForNoMajority).Select(number => FormattableString.Invariant($"{group}/{number}")).ToList();
        foreach (var replica in silent)
            await _desk.Lie(replica, "silent", 1, cancellationToken);
        return new Back(async () =>
        {
            foreach (var replica in silent)
                await _desk.Reform(replica, CancellationToken.None);
        });
    }

    private sealed class Back(Func<Task> back) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await back();
    }
}
