using System.Text.Json;
using System.Text.RegularExpressions;

namespace TravelHub.Api.Pages.Lab;

/// <summary>The laboratory's runs that lie in <c>Lab:RunsFolder</c>, and those that came with the program in <c>Lab:EvidenceFolder</c>, as their indexes tell of them.</summary>
internal sealed partial class PastRuns(IConfiguration configuration, ILogger<PastRuns> logger)
{
    private const int MostShown = 50;

    private readonly string[] _folders = [.. new[] { configuration["Lab:RunsFolder"], configuration["Lab:EvidenceFolder"] }.OfType<string>().Select(Path.GetFullPath)];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<PastRun> All() => [.. _folders.SelectMany(Of).OrderByDescending(run => run.StartedAt).Take(MostShown)];

    /// <summary>The file of a report that an index names.</summary>
    /// <returns>Null when there is none.</returns>
    public string? Report(string path) =>
        ReportPath().IsMatch(path) ? _folders.Select(folder => Path.Combine(folder, path)).FirstOrDefault(File.Exists) : null;

    private PastRun[] Of(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "index.json")))
            return [];
        try
        {
            var runs = JsonSerializer.Deserialize<PastRun[]>(File.ReadAllText(Path.Combine(folder, "index.json")), JsonSerializerOptions.Web) ?? [];
            return [.. runs.Where(run => run.Report is not null && ReportPath().IsMatch(run.Report))];
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            logger.LogWarning("The index of past runs can't be read: {Error}", e.Message);
            return [];
        }
    }

    // An experiment, a time, and the report: nothing else of the folder is anybody's business.
    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,40}/[0-9-]{1,20}/report\.html\z")]
    private static partial Regex ReportPath();
}

/// <summary>A run as the laboratory's index has it.</summary>
/// <param name="Finding">Supported, refuted, inconclusive or unusable.</param>
public sealed record PastRun(
    string Experiment, string Hypothesis, DateTimeOffset StartedAt, bool IsQuick, string Finding, string Sentence, string Command, string? Report);
