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
        if (Read(dataFolder) is not [var pid, _, _, var port, ..])
            return null;
        var process = ProcessIdentity.Of(int.Parse(pid, CultureInfo.InvariantCulture));
        return process is not null && IsServer(process.Pid) && int.TryParse(port, CultureInfo.InvariantCulture, out var number)
            ? new Postmaster(process, number)
            : null;
    }

    /// <summary>
    /// Removes the file of a server that ended but has not been reaped by its parent yet. PostgreSQL takes such a one to be alive and
    /// would refuse to start. While other processes of that server live the file stays: it guards the memory that they share.
    /// </summary>
    public static void RemoveStale(string dataFolder)
    {
        if (!OperatingSystem.IsLinux() || Read(dataFolder) is not [var pidText, ..])
            return;
        var isGone = ProcessIdentity.Of(int.Parse(pidText, CultureInfo.InvariantCulture)) is null;
        if (isGone && !Servers().Any(server => Read($"/proc/{server}/cwd") is [var served, ..] && served == pidText))
            File.Delete(Path.Combine(dataFolder, FileName));
    }

    private static IEnumerable<int> Servers() =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid != 0 && IsServer(pid) && ProcessIdentity.Of(pid) is not null);

    private static bool IsServer(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return true;
        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").Trim() == "postgres";
        }
        catch (IOException)
        {
            return false;
        }
    }

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
