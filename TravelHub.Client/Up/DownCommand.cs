using System.Collections.Immutable;
using System.CommandLine;

using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary><c>travelhub down</c>: stops what <c>up</c> runs, or what a killed <c>up</c> left running.</summary>
internal static class DownCommand
{
    /// <summary>Longer than <c>up</c> takes to stop all its processes in order, each with its grace.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3.5);

    public static Command Create()
    {
        var command = new Command("down", "Stop the cluster, the payment sandbox and the database. The data stays.") { DataFolder.Option };
        command.SetAction((parsed, cancellationToken) =>
            Run(DataFolder.Of(parsed), parsed.InvocationConfiguration.Output, TimeProvider.System, cancellationToken));
        return command;
    }

    internal static async Task<int> Run(DataFolder folder, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        var instance = Instance.Load(folder)
            ?? throw new CommandFailure($"No TravelHub was ever started in {folder.Path}. Name its folder with --data.");
        if (instance.Up is { IsAlive: true } up)
        {
            await Stop(up.Identity, output, clock, cancellationToken);
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

    private static async Task Stop(ProcessIdentity up, TextWriter output, TimeProvider clock, CancellationToken cancellationToken)
    {
        Signals.AskToEnd(up);
        if (!OperatingSystem.IsWindows())
            Signals.Continue(up);   // one that was held still by Ctrl-Z would not hear of it
        await output.WriteLineAsync($"Asked travelhub up (pid {up.Pid}) to stop; waiting for it.");
        using var tooLong = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tooLong.Token);
        try
        {
            await up.WaitForExit(clock, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await output.WriteLineAsync($"It did not stop within {Patience.TotalMinutes} min; ending it, and what it leaves.");
            Signals.End(up);
            await up.WaitForExit(clock, cancellationToken);
        }
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
