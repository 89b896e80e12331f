using System.Globalization;

using TravelHub.Client.Processes;

namespace TravelHub.Client.Postgres;

/// <summary>The server process that <c>postmaster.pid</c> in a cluster's folder speaks of.</summary>
internal sealed record Postmaster(ProcessIdentity Process, int Port)
{
    private const string FileName = "postmaster.pid";

    /// <summary>The server that runs in this folder, or null if none does.</summary>
    public static Postmaster? Find(string dataFolder)
    {
        var file = Read(dataFolder);
        if (file is not [var pid, _, _, var port, ..] || !int.TryParse(port, CultureInfo.InvariantCulture, out var number))
            return null;
        var process = ProcessIdentity.Of(int.Parse(pid, CultureInfo.InvariantCulture));
        return process is not null && Serves(process.Pid, file) ? new Postmaster(process, number) : null;
    }

    /// <summary>
    /// Removes the file of a server that ended, but whose process id still exists: its parent has not reaped it yet, or a stranger has
    /// the id now, as after a restart of a container. PostgreSQL would take that for the server and refuse to start. While other
    /// processes of that server live the file stays: it guards the memory that they share.
    /// </summary>
    public static void RemoveStale(string dataFolder)
    {
        if (!OperatingSystem.IsLinux() || Read(dataFolder) is not [_, _, _, ..] file)
            return;
        var pids = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0);
        if (!pids.Any(pid => pid != 0 && Serves(pid, file)))
            File.Delete(Path.Combine(dataFolder, FileName));
    }

    /// <summary>
    /// Whether a process belongs to the server that wrote this file: all of them work in its folder, by whatever path it is reached.
    /// The file's first three lines are the server's process id, its folder and when it started.
    /// </summary>
    private static bool Serves(int pid, string[] file) =>
        !OperatingSystem.IsLinux() || Read($"/proc/{pid}/cwd").Take(3).SequenceEqual(file.Take(3));

    private static string[] Read(string dataFolder)
    {
        try
        {
            return File.ReadAllLines(Path.Combine(dataFolder, FileName));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
