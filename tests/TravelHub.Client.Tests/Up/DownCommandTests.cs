using System.Collections.Immutable;
using Microsoft.Extensions.Time.Testing;
using TravelHub.Client.Instances;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;
using TravelHub.Testing;

namespace TravelHub.Client.Tests.Up;

public sealed class DownCommandTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();
    private readonly DataFolder _folder;

    public DownCommandTests()
    {
        _folder = new DataFolder(_temporary.In("data"));
        _folder.Create();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Run_UpStandsStill_HasItGoOnAndEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such signal.");
        var up = StartUp("exec sleep 1000");
        Signals.Pause(up.Identity);

        Assert.Equal(0, await DownCommand.Run(_folder, TextWriter.Null, TimeProvider.System, Cancellation));

        Assert.Equal(143, await up.Exited);   // by its own will, not by force
        Assert.Null(Instance.Load(_folder)!.Up);
    }

    [Fact]
    public async Task Run_UpDoesNotEnd_IsEndedAfterAWhile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no such signal.");
        (await ToolRun.Run("/usr/bin/mkfifo", [_temporary.In("ready")], null, _temporary.Path, Cancellation)).OrFail("Making a pipe");
        var up = StartUp($"trap '' TERM; echo ready > {_temporary.In("ready")}; exec sleep 1000");
        (await ToolRun.Run("/bin/cat", [_temporary.In("ready")], null, _temporary.Path, Cancellation)).OrFail("Waiting for it");
        var time = new FakeTimeProvider();
        using var output = new StringWriter();

        var down = DownCommand.Run(_folder, output, time, Cancellation);
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.False(down.IsCompleted);
        while (!down.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, await down);
        Assert.Equal(137, await up.Exited);
        Assert.Contains("did not stop within 3.5 min", output.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A process that the folder takes for its <c>up</c>.</summary>
    private RunningProcess StartUp(string script)
    {
        var plan = new ProcessPlan("up", "/bin/sh", ["-c", script], ImmutableDictionary<string, string>.Empty, _folder.Log("up"), ImmutableDictionary<string, int>.Empty);
        var up = RunningProcess.Launch(plan, TimeProvider.System);
        var record = new ProcessRecord("up", up.Identity.Pid, up.Identity.StartMark, DateTimeOffset.UnixEpoch, plan.Ports, plan.Fingerprint);
        (new Instance() with { Up = record }).Save(_folder);
        return up;
    }
}
