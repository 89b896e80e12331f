using System.Globalization;
using TravelHub.Client.Processes;

namespace TravelHub.Lab.Instances;

/// <summary>Who started whom, as Linux tells it.</summary>
internal static class ProcessTree
{
    private const int ParentField = 1;

    public static IEnumerable<ProcessIdentity> ChildrenOf(int pid) => Directory.EnumerateDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var child) ? child : 0)
        .Where(child => child > 0 && ParentOf(child) == pid)
        .Select(ProcessIdentity.Of)
        .OfType<ProcessIdentity>();

    private static int ParentOf(int pid)
    {
        try
        {
            // The program's name stands in brackets and may hold anything; the fields after it are plain.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[ParentField], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;   // it has ended meanwhile
        }
    }
}
