using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TravelHub.Client.Http;

namespace TravelHub.Lab.Experiments;

/// <summary>The scenarios that come with the lab, and those that researchers write.</summary>
internal static class ScenarioFiles
{
    /// <summary>camelCase names, kebab-case words; comments and trailing commas are welcome, unknown fields are not.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectRequiredConstructorParameters = true,
        NumberHandling = JsonNumberHandling.Strict,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    private const string Prefix = "TravelHub.Lab.Experiments.Scenarios.";

    /// <summary>The names of those that come with the lab.</summary>
    public static IReadOnlyList<string> Known { get; } =
        [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..^".json".Length]).Order(StringComparer.Ordinal)];

    /// <summary>Whether it is one of <see cref="Known"/>, and no file.</summary>
    public static bool IsKnown(string name) => Known.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <param name="name">One of <see cref="Known"/>, or the path of a file.</param>
    /// <exception cref="InputException">There is none, or it cannot be run; says all that is wrong.</exception>
    public static Scenario Load(string name)
    {
        var known = Known.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Prefix}{known}.json")!;
            using var reader = new StreamReader(stream);
            return Parse(reader.ReadToEnd(), known);
        }

        return File.Exists(name)
            ? Parse(File.ReadAllText(name), name)
            : throw new InputException($"'{name}' is no file, and none of: {string.Join(", ", Known)}.");
    }

    /// <inheritdoc cref="Load" path="/exception"/>
    public static Scenario Parse(string json, string source)
    {
        Scenario scenario;
        try
        {
            scenario = JsonSerializer.Deserialize<Scenario>(json, Json) ?? throw new InputException($"{source} is empty.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{source} can't be read at {e.Path ?? "its beginning"}, line {e.LineNumber + 1}: {Words(e)}");
        }

        scenario = scenario with { Arms = scenario.Arms ?? [], Conditions = scenario.Conditions ?? [] };
        return scenario.FindWrong() is { Count: > 0 } wrong
            ? throw new InputException($"{source} can't be run:{Environment.NewLine}{string.Join(Environment.NewLine, wrong.Select(line => $"- {line}"))}")
            : scenario;
    }

    /// <summary>A value of an enumeration as scenario files have it.</summary>
    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    // What the platform says of words and fields are names of this program's own types.
    private static string Words(JsonException e) => e.Path switch
    {
        "$.load.kind" => $"a kind is one of: {Words<LoadKind>()}.",
        { } path when path.EndsWith("].kind", StringComparison.Ordinal) => $"a kind is one of: {Words<ScenarioFaultKind>()}.",
        _ => e.Message.Replace($"JSON deserialization for type '{typeof(Scenario)}' was", "it is", StringComparison.Ordinal)
            .Replace($"member on type '{typeof(Scenario)}'", "field", StringComparison.Ordinal),
    };

    private static string Words<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Word));
}
