using System.Diagnostics;

namespace TravelHub.Client.Processes;

/// <summary>A process of ours that was started: by us, or by an earlier run that was killed.</summary>
internal sealed class RunningProcess
{
    private readonly TimeProvider _clock;

    private RunningProcess(ProcessIdentity identity, Task<int?> exited, TimeProvider clock)
    {
        Identity = identity;
        Exited = exited;
        _clock = clock;
    }

    public ProcessIdentity Identity { get; }

    /// <summary>Ends when the process does, with its exit code; null if it is not our child and so does not tell us.</summary>
    public Task<int?> Exited { get; }

    /// <summary>Takes over a process that runs already.</summary>
    public static RunningProcess Adopt(ProcessIdentity identity, TimeProvider clock)
    {
        return new RunningProcess(identity, Exit(), clock);

        async Task<int?> Exit()
        {
            await identity.WaitForExit(clock, CancellationToken.None);
            return null;
        }
    }

    /// <summary>Starts a process that does not depend on this one to go on living.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The system cannot start it.</exception>
    public static RunningProcess Launch(ProcessPlan plan, TimeProvider clock)
    {
        var process = Process.Start(StartInfo(plan))!;
        // One that has ended already has no start mark; no living process equals it, which is what it should look like.
        var identity = ProcessIdentity.Of(process.Id) ?? new ProcessIdentity(process.Id, "ended");
        return new RunningProcess(identity, Exit(), clock);

        async Task<int?> Exit()
        {
            using (process)
            {
                await process.WaitForExitAsync(CancellationToken.None);
                return process.ExitCode;
            }
        }
    }

    /// <summary>Asks the process to end, and ends it when it has not done so in time.</summary>
    public async Task Stop(TimeSpan grace)
    {
        Signals.AskToEnd(Identity);
        using var tooLong = new CancellationTokenSource(grace, _clock);
        try
        {
            await Exited.WaitAsync(tooLong.Token);
        }
        catch (OperationCanceledException)
        {
            Signals.End(Identity);
            await Exited;
        }
    }

    private static ProcessStartInfo StartInfo(ProcessPlan plan)
    {
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(plan.Program, plan.Arguments)
            : new ProcessStartInfo("/bin/sh", ShellArguments(plan));
        start.UseShellExecute = false;
        foreach (var (name, value) in plan.Environment)
            start.Environment[name] = value;
        return start;
    }

    /// <summary>
    /// The shell connects the output to the log itself, so no pipe to us can break when we are killed, and then becomes the program.
    /// A session of its own keeps the terminal's Ctrl-C away: we alone get it and stop the processes in order. What it writes is its user's alone:
    /// root's data folder lets others pass.
    /// </summary>
    private static IEnumerable<string> ShellArguments(ProcessPlan plan)
    {
        string[] session = ProgramSearch.Find("setsid") is { } setsid ? [setsid] : [];
        const string Script = """umask 077; log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""";
        return ["-c", Script, "sh", plan.LogPath, .. session, plan.Program, .. plan.Arguments];
    }
}
