using System.Reflection;
using System.Runtime.InteropServices;
using TravelHub.Lab.Reports;

namespace TravelHub.Lab.Experiments;

/// <summary>All that a run found; what <c>results.json</c> holds.</summary>
/// <param name="File">Where the scenario came from; null for one of the lab's own.</param>
/// <param name="Runs">Where its report was to be kept.</param>
internal sealed record ExperimentResult(
    Scenario Scenario, int Seed, bool IsQuick, DateTimeOffset StartedAt, double TookSeconds, IReadOnlyDictionary<string, string> Versions, Finding Finding,
    IReadOnlyList<Trial> Trials, string? File = null, string? Runs = null)
{
    /// <summary>What does the run again.</summary>
    public string Command => $"dotnet run -c Release --project tests/TravelHub.Lab -- run {(File is null ? Scenario.Id : $"\"{File}\"")}{(IsQuick ? " --quick" : "")} --seed {Seed}{Demand}{(Runs is null or RunsFolder.Default ? "" : $" --runs \"{Runs}\"")}";

    private string Demand => Scenario.Load.File is { } demand ? $" --demand \"{demand}\"" : "";
}

/// <summary>What the run ran on.</summary>
internal static class Versions
{
    public static IReadOnlyDictionary<string, string> Known() => new Dictionary<string, string>
    {
        ["runtime"] = RuntimeInformation.FrameworkDescription,
        ["system"] = RuntimeInformation.OSDescription,
        ["processors"] = $"{Environment.ProcessorCount}",
        ["source"] = typeof(Versions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown",
    };
}
