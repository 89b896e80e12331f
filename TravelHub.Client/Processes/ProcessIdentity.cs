using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TravelHub.Client.Processes;

/// <summary>
/// One process and no other. A pid alone is not enough: after its process has ended the system may give it to another program,
/// and that one must be neither adopted nor killed.
/// </summary>
/// <param name="Pid">The process id.</param>
/// <param name="StartMark">What the system says of the start; equal for equal processes, of no other meaning.</param>
internal sealed record ProcessIdentity(int Pid, string StartMark)
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether this very process still runs. One that has ended and waits to be reaped does not.</summary>
    public bool IsAlive => Of(Pid) == this;

    /// <summary>The process that has this pid now, or null.</summary>
    public static ProcessIdentity? Of(int pid) => OperatingSystem.IsLinux() ? FromProc(pid) : FromSystem(pid);

    /// <summary>Returns once the process has ended, whoever its parent is.</summary>
    public async Task WaitForExit(TimeProvider clock, CancellationToken cancellationToken)
    {
        while (IsAlive)
            await Task.Delay(PollPeriod, clock, cancellationToken);
    }

    private static ProcessIdentity? FromProc(int pid)
    {
        string stat;
        try
        {
            stat = File.ReadAllText($"/proc/{pid}/stat");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        // The second field is the program's name in brackets and may hold anything; the state is the first field after it.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        const int StateField = 0, StartTicksField = 19;
        return fields[StateField] is "Z" or "X" ? null : new ProcessIdentity(pid, $"{BootId.Value}/{fields[StartTicksField]}");
    }

    private static ProcessIdentity? FromSystem(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            var startSecond = new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
            return process.HasExited ? null : new ProcessIdentity(pid, startSecond.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Start ticks count from the boot, so they only tell processes of the same boot apart.</summary>
    private static readonly Lazy<string> BootId = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());
}
