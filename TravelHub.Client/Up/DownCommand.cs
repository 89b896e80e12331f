using System.Collections.Immutable;
using System.CommandLine;

using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary><c>travelhub down</c>: stops what <c>up</c> runs, or what a killed <c>up</c> left running.</summary>
internal static class DownCommand
{
    public static Command Create()
    {
        var command = new Command("down", "Stop the cluster, the payment sandbox and the database. The data stays.") { DataFolder.Option };
        command.SetAction((parsed, cancellationToken) =>
            Run(DataFolder.Of(parsed), parsed.InvocationConfiguration.Output, TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> Run(DataFolder folder, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        var instance = Instance.Load(folder)
            ?? throw new CommandFailure($"No TravelHub was ever started in {folder.Path}. Name its folder with --data.");
        if (instance.Up is { IsAlive: true } up)
        {
            Signals.AskToEnd(up.Identity);
            await output.WriteLineAsync($"Asked travelhub up (pid {up.Pid}) to stop; waiting for it.");
            await up.Identity.WaitForExit(clock, cancellationToken);
            instance = Instance.Load(folder) ?? instance;
        }

        // After an orderly end nothing is remembered as running.
        var mayHaveLeft = instance.Up is not null || !instance.Processes.IsEmpty;
        var stopped = !mayHaveLeft ? [] : await StopLeftovers(folder, instance, clock);
        await output.WriteLineAsync(stopped.Count > 0
            ? $"Stopped what was left: {string.Join(", ", stopped)}. Nothing runs in {folder.Path}; its data stays."
            : $"Nothing runs in {folder.Path}; its data stays.");
        return 0;
    }

    private static async Task<IReadOnlyList<string>> StopLeftovers(DataFolder folder, Instance instance, TimeProvider clock)
    {
        using var held = InstanceLock.TryTake(folder)
            ?? throw new CommandFailure($"Another travelhub command has just begun its work in {folder.Path}; nothing was stopped.");
        var stopped = await Leftovers.StopAll(folder, instance, clock);
        (instance with { Up = null, Processes = ImmutableSortedDictionary<string, ProcessRecord>.Empty }).Save(folder);
        return stopped;
    }
}
