using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary>Processes of an instance that live on although the <c>up</c> that started them is gone.</summary>
internal static class Leftovers
{
    /// <summary>Those that run, without the database's.</summary>
    public static IReadOnlyList<ProcessRecord> Of(Instance instance) =>
        [.. instance.Processes.Values.Where(process => process.Name != InstanceDatabase.ProcessName && process.IsAlive)];

    /// <summary>Stops these in order.</summary>
    public static Task Stop(IEnumerable<ProcessRecord> processes, TimeProvider clock) =>
        StopOrder.Run(processes, process => process.Name, process => RunningProcess.Adopt(process.Identity, clock).Stop(StopOrder.Grace));

    /// <summary>Stops all of them and then the database.</summary>
    /// <returns>The names of what was stopped.</returns>
    public static async Task<IReadOnlyList<string>> StopAll(DataFolder folder, Instance instance, TimeProvider clock)
    {
        var processes = Of(instance);
        await Stop(processes, clock);
        var stopped = processes.Select(process => process.Name).ToList();
        if (instance.PostgresBinaries is { } binaries && await PrivatePostgres.Stop(new PostgresBinaries(binaries), folder.Postgres))
            stopped.Add(InstanceDatabase.ProcessName);
        return stopped;
    }
}
