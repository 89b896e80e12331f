using System.Globalization;

namespace TravelHub.Benchmarks.Bookings;

/// <summary>The processor time that the parts of a TravelHub have used, as Linux tells it.</summary>
internal sealed class ProcessorTimes
{
    // proc(5): the fields after the program's name, which stands in brackets and may hold anything.
    private const int Parent = 1, User = 11, Kernel = 12, ChildrenUser = 13, ChildrenKernel = 14;
    private const double TicksPerSecond = 100;   // as Linux counts towards programs, whatever its own clock

    private readonly (string Part, int Pid)[] _processes;

    /// <param name="processes">Names as <c>up</c> gives them; all silos are one part.</param>
    public ProcessorTimes(IEnumerable<(string Name, int Pid)> processes)
    {
        _processes = [.. processes.Select(process => (process.Name.StartsWith("silo-", StringComparison.Ordinal) ? "silos" : process.Name, process.Pid))];
        Parts = [.. _processes.Select(process => process.Part).Distinct().OrderDescending()];
    }

    public IReadOnlyList<string> Parts { get; }

    /// <summary>By part, since its processes began; with that of their children, who may have ended.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Read()
    {
        var all = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(ReadProcess).OfType<(int Pid, int Parent, double Seconds)>().ToArray();
        return _processes.GroupBy(process => process.Part).ToDictionary(
            part => part.Key,
            part => TimeSpan.FromSeconds(part.Sum(process => all.Where(one => one.Pid == process.Pid || one.Parent == process.Pid).Sum(one => one.Seconds))));
    }

    private static (int Pid, int Parent, double Seconds)? ReadProcess(string? folder)
    {
        if (!int.TryParse(folder, NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            return null;
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (pid, (int)Field(Parent), (Field(User) + Field(Kernel) + Field(ChildrenUser) + Field(ChildrenKernel)) / TicksPerSecond);

            long Field(int number) => long.Parse(fields[number], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;   // it has ended meanwhile
        }
    }
}
