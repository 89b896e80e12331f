using System.Collections.Immutable;
using System.CommandLine;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

using Spectre.Console;

using TravelHub.Client.Catalogue;
using TravelHub.Client.Http;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary><c>travelhub up</c>: runs a whole TravelHub on this machine until Ctrl-C.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var silos = new Option<int>("--silos") { Description = "How many silos, 1 to 9.", DefaultValueFactory = _ => 3 };
        silos.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 9)
                result.AddError("--silos takes 1 to 9.");
        });
        var port = new Option<int>("--port") { Description = "Where the gateway answers.", DefaultValueFactory = _ => 8080 };
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 65535)
                result.AddError("--port takes 1 to 65535.");
        });
        var postgres = new Option<string?>("--postgres")
        {
            Description = "Use this PostgreSQL server instead of a private one.",
            HelpName = "CONNECTION",
        };
        var faults = new Option<bool>("--faults") { Description = "Make it possible to let payment replicas lie (PUT /v1/faults). For experiments." };
        var dashboard = new Option<bool>("--dashboard") { Description = "Have Orleans' own dashboard at /ops/orleans, for operators; every call between grains is timed then." };
        var command = new Command("up", "Run the cluster, the payment sandbox and the database on this machine until Ctrl-C.")
        {
            silos, port, DataFolder.Option, postgres, faults, dashboard,
        };
        command.SetAction((parsed, cancellationToken) => Run(
            DataFolder.Of(parsed),
            new UpOptions(parsed.GetValue(silos), parsed.GetValue(port), parsed.GetValue(postgres))
            {
                Settings = UpOptions.SettingsFor(parsed.GetValue(faults), parsed.GetValue(dashboard)),
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> Run(DataFolder folder, UpOptions options, CancellationToken cancellationToken)
    {
        // A signal that comes before the command has handed back its task would end the program at once and leave what it started.
        await Task.Yield();
        var clock = TimeProvider.System;
        var screen = new UpScreen(AnsiConsole.Console, clock);
        folder.Create();
        using var held = InstanceLock.TryTake(folder) ?? throw AlreadyRunning(folder);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A terminal that is closed means what Ctrl-C means.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ending.Cancel();
        });

        var store = new InstanceStore(folder);
        store.Update(instance => instance with { Up = ThisProcess(clock) });
        using var cluster = new LocalCluster(folder, store, screen.Say, clock);
        try
        {
            await screen.Starting(() => cluster.Start(options, ending.Token));
            await screen.Starting(() => FirstStart(store, screen.Say, ending.Token));
            screen.Ready(store.Current.Url, folder);
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            screen.Say("Stopping");
        }
        finally
        {
            await cluster.Stop();
            store.Update(instance => instance with { Up = null, Processes = ImmutableSortedDictionary<string, ProcessRecord>.Empty });
        }

        screen.Say("Stopped; the data is kept in " + folder.Path);
        return 0;
    }

    /// <summary>What a new instance does once, as soon as it is ready. A kill may cut it short, or a part be refused; the next start does it again.</summary>
    internal static async Task FirstStart(InstanceStore store, Action<string> say, CancellationToken cancellationToken)
    {
        if (store.Current.FirstStartDone)
            return;
        var refusals = await DemoCatalogue(store.Current, cancellationToken);
        if (refusals.Count > 0)
            say($"{refusals.Count} properties of the demo catalogue were refused; the next start tries again. The first: {refusals[0]}");
        else
            store.Update(instance => instance with { FirstStartDone = true });
    }

    /// <summary>Something to look at: a new instance starts with an empty catalogue.</summary>
    private static async Task<IReadOnlyList<CatalogueRefusal>> DemoCatalogue(Instance instance, CancellationToken cancellationToken)
    {
        var random = new Random(RandomNumberGenerator.GetInt32(int.MaxValue));
        using var client = new TravelHubClient(instance.Url, instance.Keys.Operator, new ClientOptions(), TimeProvider.System, random);
        return await new CatalogueImport(client).Put(Catalogue.DemoCatalogue.Create(), _ => { }, cancellationToken);
    }

    private static ProcessRecord ThisProcess(TimeProvider clock)
    {
        var (pid, startMark) = ProcessIdentity.Of(Environment.ProcessId)!;
        return new ProcessRecord("up", pid, startMark, clock.GetUtcNow(), ImmutableDictionary<string, int>.Empty, Fingerprint: "");
    }

    /// <summary>What to say to a command that finds the folder's lock taken.</summary>
    internal static CommandFailure AlreadyRunning(DataFolder folder) =>
        Instance.Load(folder) is { Up: { IsAlive: true } up, Url: var url }
            ? new($"TravelHub is running already in {folder.Path}: pid {up.Pid}, {url.GetLeftPart(UriPartial.Authority)}. "
                + $"Stop it with: travelhub down --data {folder.Path}")
            : new($"Another travelhub command is at work in {folder.Path}. Wait until it is done, or choose another folder with --data.");
}
