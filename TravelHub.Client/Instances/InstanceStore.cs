using System.Collections.Immutable;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Instances;

/// <summary>The instance as the one <c>up</c> that holds its lock changes it; every change is on disk when it returns.</summary>
internal sealed class InstanceStore
{
    private readonly DataFolder _folder;
    private readonly Lock _gate = new();

    /// <summary>Loads the folder's instance, or makes a new one with new secrets.</summary>
    public InstanceStore(DataFolder folder)
    {
        _folder = folder;
        Current = Instance.Load(folder) ?? new Instance();
    }

    public Instance Current { get; private set; }

    public void Update(Func<Instance, Instance> change)
    {
        lock (_gate)
        {
            var changed = change(Current);
            changed.Save(_folder);
            Current = changed;
        }
    }

    public void Remember(ProcessRecord process) =>
        Update(instance => instance with { Processes = instance.Processes.SetItem(process.Name, process) });

    /// <summary>
    /// The port that this owner always has for this purpose. Another is chosen only at first, or when a stranger has it now.
    /// </summary>
    public int Port(string owner, string purpose)
    {
        var name = $"{owner}/{purpose}";
        var isOurs = Current.Processes.TryGetValue(owner, out var process) && process.IsAlive;
        if (Current.Ports.TryGetValue(name, out var known) && (isOurs || LoopbackPorts.TryTake(_folder.Path, known)))
            return known;
        var port = LoopbackPorts.Choose(_folder.Path, Current.Ports.Values.ToImmutableHashSet());
        Update(instance => instance with { Ports = instance.Ports.SetItem(name, port) });
        return port;
    }
}
