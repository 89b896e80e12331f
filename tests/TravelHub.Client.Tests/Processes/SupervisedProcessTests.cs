using TravelHub.Testing;
using System.Threading.Channels;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Tests.Processes;

public sealed class SupervisedProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Channel<ProcessRecord> _started = Channel.CreateUnbounded<ProcessRecord>();
    private readonly Channel<string> _said = Channel.CreateUnbounded<string>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ChildIsKilled_StartsItAgainAndSaysSo()
    {
        using var supervised = Supervise("exec sleep 1000");
        supervised.Start(adopted: null);
        var first = await NextStarted();
        Signals.End(first.Identity);
        var second = await NextStarted();
        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.NotEqual(first.Identity, second.Identity);
        Assert.False(second.IsAlive);
        Assert.StartsWith("child ended (exit code 137)", await _said.Reader.ReadAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AdoptedProcessIsKilled_StartsItAgain()
    {
        var plan = Plan("exec sleep 1000");
        var orphan = RunningProcess.Launch(plan, TimeProvider.System);
        var (pid, mark) = orphan.Identity;
        using var supervised = Supervise(plan);
        supervised.Start(new ProcessRecord(plan.Name, pid, mark, DateTimeOffset.UnixEpoch, plan.Ports, plan.Fingerprint));
        var adopted = await NextStarted();
        Signals.End(orphan.Identity);
        var second = await NextStarted();
        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.Equal(orphan.Identity, adopted.Identity);
        Assert.NotEqual(orphan.Identity, second.Identity);
    }

    [Fact]
    public async Task Stop_ChildEndsWhenAsked_LetsItFinish()
    {
        using var supervised = Supervise("trap 'echo finished; exit 0' TERM; echo ready > $READY; while :; do sleep 0.02; done");
        await StartAndWaitUntilReady(supervised);

        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.Equal("finished\n", await File.ReadAllTextAsync(_folder.In("child.log"), Cancellation));
        Assert.False(_said.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Start_ChildWritesAFile_IsItsUsersAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such modes.");
        using var supervised = Supervise("echo secret > $READY.store; echo ready > $READY; exec sleep 1000");
        await StartAndWaitUntilReady(supervised);
        await supervised.Stop(TimeSpan.FromSeconds(10));

        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(ReadyPipe + ".store");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
    }

    [Fact]
    public async Task Stop_ChildIgnoresTheRequest_EndsItAfterTheGrace()
    {
        using var supervised = Supervise("trap '' TERM; echo ready > $READY; while :; do sleep 0.02; done");
        await StartAndWaitUntilReady(supervised);
        var child = await NextStarted();

        await supervised.Stop(TimeSpan.FromMilliseconds(50));

        Assert.False(child.IsAlive);
    }

    [Fact]
    public async Task Start_ProcessIsNotWantedAfterItsEnd_StaysAwayUntilItIs()
    {
        var wanted = new TaskCompletionSource();
        var asked = Channel.CreateUnbounded<string>();
        var isFirst = true;
        using var supervised = Supervise(Plan("exec sleep 1000"), (name, cancellationToken) =>
        {
            asked.Writer.TryWrite(name);
            return Interlocked.Exchange(ref isFirst, false) ? Task.CompletedTask : wanted.Task.WaitAsync(cancellationToken);
        });
        supervised.Start(adopted: null);
        var first = await NextStarted();
        Assert.Equal(supervised.Name, await asked.Reader.ReadAsync(Cancellation));
        Signals.End(first.Identity);
        await asked.Reader.ReadAsync(Cancellation);   // it has ended, and it is asked whether it may start again
        Assert.False(_started.Reader.TryRead(out _));

        wanted.SetResult();
        var second = await NextStarted();
        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.NotEqual(first.Identity, second.Identity);
    }

    [Fact]
    public async Task Stop_ProcessIsNotWanted_EndsTheWait()
    {
        var asked = new TaskCompletionSource();
        using var supervised = Supervise(Plan("exec sleep 1000"), (_, cancellationToken) =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        });
        supervised.Start(adopted: null);
        await asked.Task.WaitAsync(Cancellation);

        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.False(_started.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Stop_ProgramIsMissing_ReturnsAtOnce()
    {
        using var supervised = Supervise("exec /no/such/program");
        supervised.Start(adopted: null);
        await _said.Reader.ReadAsync(Cancellation);

        await supervised.Stop(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Start_RecordCannotBeKept_KeepsTheProcessAndTellsOfItAgain()
    {
        var told = Channel.CreateUnbounded<ProcessRecord>();
        var isDiskFull = true;
        using var supervised = new SupervisedProcess(
            Plan("exec sleep 1000"),
            TimeProvider.System,
            started =>
            {
                told.Writer.TryWrite(started);
                if (Interlocked.Exchange(ref isDiskFull, false))
                    throw new IOException("No space left on device");
            },
            line => _said.Writer.TryWrite(line));
        supervised.Start(adopted: null);
        var first = await told.Reader.ReadAsync(Cancellation);
        var again = await told.Reader.ReadAsync(Cancellation);
        Assert.True(again.IsAlive);
        await supervised.Stop(TimeSpan.FromSeconds(10));

        Assert.Equal(first.Identity, again.Identity);
        Assert.False(again.IsAlive);
        Assert.Contains("No space left on device", await _said.Reader.ReadAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OtherEnvironment_Differs()
    {
        var plan = Plan("exec true");
        var other = plan with { Environment = new Dictionary<string, string>(plan.Environment) { ["TravelHub__ClusterId"] = "other" } };

        Assert.Equal(plan.Fingerprint, Plan("exec true").Fingerprint);
        Assert.NotEqual(plan.Fingerprint, other.Fingerprint);
    }

    /// <summary>The child writes into a pipe, so the wait ends when it does and not by a clock.</summary>
    private async Task StartAndWaitUntilReady(SupervisedProcess supervised)
    {
        (await ToolRun.Run("/usr/bin/mkfifo", [ReadyPipe], null, _folder.Path, Cancellation)).OrFail("Making a pipe");
        supervised.Start(adopted: null);
        (await ToolRun.Run("/bin/cat", [ReadyPipe], null, _folder.Path, Cancellation)).OrFail("Waiting for the child");
    }

    private string ReadyPipe => _folder.In("ready");

    private async Task<ProcessRecord> NextStarted() => await _started.Reader.ReadAsync(Cancellation);

    private SupervisedProcess Supervise(string script) => Supervise(Plan(script));

    private SupervisedProcess Supervise(ProcessPlan plan, Func<string, CancellationToken, Task>? mayStart = null) => new(
        plan, TimeProvider.System, started => _started.Writer.TryWrite(started), line => _said.Writer.TryWrite(line), mayStart);

    private ProcessPlan Plan(string script) => new(
        "child",
        "/bin/sh",
        ["-c", script],
        new Dictionary<string, string> { ["READY"] = ReadyPipe },
        _folder.In("child.log"),
        new Dictionary<string, int>());
}
