using System.Globalization;

namespace TravelHub.Client.Processes;

/// <summary>Keeps one process running until it is told to stop it.</summary>
/// <param name="plan">How to start it.</param>
/// <param name="clock">Paces the restarts.</param>
/// <param name="started">Is told of each process that now does the plan's work.</param>
/// <param name="say">Is told in a line of each restart.</param>
/// <param name="mayStart">Is waited for before each start: as long as it takes, the process is left away. Null for one that always may.</param>
internal sealed class SupervisedProcess(
    ProcessPlan plan, TimeProvider clock, Action<ProcessRecord> started, Action<string> say, Func<string, CancellationToken, Task>? mayStart = null)
    : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private Task _work = Task.CompletedTask;
    private RunningProcess? _running;

    public string Name => plan.Name;

    /// <summary>Starts the process, or takes over the one that runs already.</summary>
    public void Start(ProcessRecord? adopted)
    {
        if (adopted is not null)
        {
            _running = RunningProcess.Adopt(adopted.Identity, clock);
            started(adopted);
        }

        _work = Supervise();
    }

    /// <summary>Asks the process to end, waits for that, and after the grace ends it. It is not started again.</summary>
    public async Task Stop(TimeSpan grace)
    {
        lock (_gate)
            _stopping.Cancel();
        if (_running is { } running)
            await running.Stop(grace);
        await _work;
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Supervise()
    {
        var backOff = new RestartBackOff();
        while (!_stopping.IsCancellationRequested)
        {
            await UntilItMayStart();
            var startTimestamp = clock.GetTimestamp();
            var end = await RunOnce();
            if (_stopping.IsCancellationRequested)
                return;
            var lived = clock.GetElapsedTime(startTimestamp);
            await UntilItMayStart();
            if (_stopping.IsCancellationRequested)
                return;
            var wait = backOff.Next(lived);
            FormattableString line =
                $"{Name} {end} after {lived.TotalSeconds:0.0} s; starting it again in {wait.TotalSeconds:0.0} s (its log: {plan.LogPath})";
            say(line.ToString(CultureInfo.InvariantCulture));
            await Task.Delay(wait, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task UntilItMayStart()
    {
        if (_running is null && mayStart is not null)
            await mayStart(Name, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Returns, when the process has ended, how it did.</summary>
    private async Task<string> RunOnce()
    {
        try
        {
            var launched = _running is null ? Launch() : null;
            if (_running is not { } running)
                return "was not started";
            if (launched is not null)
                await Tell(launched, running.Exited);
            var exitCode = await running.Exited;
            return exitCode is null ? "ended" : $"ended (exit code {exitCode})";
        }
        catch (Exception e)
        {
            // Whatever it is, such as a full disk, may pass: a process that nobody starts again would stay away for good.
            return $"could not be started ({e.Message})";
        }
        finally
        {
            if (!_stopping.IsCancellationRequested)
                _running = null;
        }
    }

    private ProcessRecord? Launch()
    {
        // Stop must either see this process or keep it from being started.
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
                return null;
            _running = RunningProcess.Launch(plan, clock);
            var identity = _running.Identity;
            return new ProcessRecord(plan.Name, identity.Pid, identity.StartMark, clock.GetUtcNow(), plan.Ports, plan.Fingerprint);
        }
    }

    /// <summary>
    /// Tells of a new process. A later command finds it by its record alone, so if that cannot be kept it is tried again while the process does its work.
    /// </summary>
    private async Task Tell(ProcessRecord launched, Task exited)
    {
        var backOff = new RestartBackOff();
        do
        {
            try
            {
                started(launched);
                return;
            }
            catch (Exception e)
            {
                say($"{Name} runs, but its record could not be kept ({e.Message}); trying again");
            }

            await Task.WhenAny(exited, Task.Delay(backOff.Next(lived: TimeSpan.Zero), clock, _stopping.Token));
        }
        while (!exited.IsCompleted && !_stopping.IsCancellationRequested);
    }
}
