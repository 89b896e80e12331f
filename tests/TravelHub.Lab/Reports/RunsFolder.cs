using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Lab.Experiments;

namespace TravelHub.Lab.Reports;

/// <summary>Where the evidence of runs is kept: <c>EXPERIMENT/TIME/</c> with a report, its figures, and what clients were told.</summary>
internal sealed class RunsFolder(string path)
{
    public const string Default = "runs";
    public const string Report = "report.html";
    public const string Results = "results.json";
    public const string Index = "index.json";

    /// <summary>Makes the folder of a new run.</summary>
    public string New(string experiment, DateTimeOffset now) =>
        Directory.CreateDirectory(Path.Combine(Path.GetFullPath(path), experiment, now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture))).FullName;

    public static void Write(string folder, ExperimentResult result)
    {
        File.WriteAllText(Path.Combine(folder, Results), JsonSerializer.Serialize(result, Writing));
        File.WriteAllText(Path.Combine(folder, Report), HtmlReport.Of(result));
    }

    /// <exception cref="JsonException">It is no result of this version.</exception>
    public static ExperimentResult Read(string file) =>
        JsonSerializer.Deserialize<ExperimentResult>(File.ReadAllText(file), Reading) ?? throw new JsonException($"{file} is empty.");

    /// <summary>Lists all runs, the newest first, for people who look at them elsewhere.</summary>
    public static void WriteIndex(string path)
    {
        var entries = Directory.EnumerateFiles(path, Results, SearchOption.AllDirectories).Select(Entry).OfType<IndexEntry>().OrderByDescending(entry => entry.StartedAt);
        File.WriteAllText(Path.Combine(path, Index), JsonSerializer.Serialize(entries, ScenarioFiles.Json));

        IndexEntry? Entry(string file)
        {
            try
            {
                var result = Read(file);
                return new IndexEntry(
                    result.Scenario.Id, result.Scenario.Hypothesis, result.StartedAt, result.IsQuick, result.Finding.Kind, result.Finding.Sentence, result.Command,
                    Path.GetRelativePath(path, Path.Combine(Path.GetDirectoryName(file)!, Report)).Replace('\\', '/'));
            }
            catch (JsonException)
            {
                return null;   // of another version: its report can still be opened
            }
        }
    }

    // What never came is "Infinity".
    private static readonly JsonSerializerOptions Writing = new(ScenarioFiles.Json) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    // What is computed is written too, and comes back by itself.
    private static readonly JsonSerializerOptions Reading = new(Writing)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip,
        RespectRequiredConstructorParameters = false,   // what is null is left out
    };
}

/// <summary>A run in the index.</summary>
/// <param name="Report">Where its report lies, from the index.</param>
internal sealed record IndexEntry(
    string Experiment, string Hypothesis, DateTimeOffset StartedAt, bool IsQuick, FindingKind Finding, string Sentence, string Command, string Report);
