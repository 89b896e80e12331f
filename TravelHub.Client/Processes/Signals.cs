using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TravelHub.Client.Processes;

/// <summary>Asks processes to end, ends them, or holds them still. The runtime offers only the second. Each returns whether the process was still there to hear of it.</summary>
internal static class Signals
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int NotPermitted = 1;

    /// <summary>SIGTERM: the process may finish what it does. Where there are no signals it is ended at once.</summary>
    public static bool AskToEnd(ProcessIdentity process) => Send(process, Terminate);

    /// <summary>SIGKILL: the process does nothing more.</summary>
    public static bool End(ProcessIdentity process) => Send(process, Kill);

    /// <summary>SIGSTOP: the process stands still, and knows nothing of it. Not on Windows.</summary>
    public static bool Pause(ProcessIdentity process) => Send(process, OperatingSystem.IsMacOS() ? 17 : 19);

    /// <summary>SIGCONT: the process goes on where it stood. Not on Windows.</summary>
    public static bool Continue(ProcessIdentity process) => Send(process, OperatingSystem.IsMacOS() ? 19 : 18);

    private static bool Send(ProcessIdentity process, int signal)
    {
        if (!process.IsAlive)
            return false;
        if (OperatingSystem.IsWindows())
        {
            if (signal is not (Kill or Terminate))
                throw new PlatformNotSupportedException("Windows cannot hold a process still.");
            using var system = Process.GetProcessById(process.Pid);
            system.Kill();
            return true;
        }

        if (SendSignal(process.Pid, signal) == 0)
            return true;
        // Other failures mean that it ended meanwhile, as was wanted.
        return Marshal.GetLastPInvokeError() == NotPermitted
            ? throw new CommandFailure($"This user may not end the process {process.Pid}; run the command as the user who started it.")
            : false;
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int pid, int signal);
}
