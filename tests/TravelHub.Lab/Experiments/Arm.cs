using System.Text.Json.Serialization;

namespace TravelHub.Lab.Experiments;

/// <summary>One of the configurations that are compared.</summary>
/// <param name="Without">The tactic that it does without; null for the system as it is.</param>
/// <param name="Settings">Variables of its processes, such as <c>Limits__MostUnderWay</c>.</param>
/// <param name="Faults">What is done to this arm in place of the scenario's faults.</param>
internal sealed record Arm(
    string Name, string? Without = null, IReadOnlyDictionary<string, string>? Settings = null, IReadOnlyList<ScenarioFault>? Faults = null)
{
    [JsonIgnore]
    public bool IsControl => Without is not null;

    /// <param name="path">Where it stands, such as <c>arms[0]</c>.</param>
    /// <param name="seconds">How long the shortest load lasts.</param>
    public IEnumerable<string> FindWrong(string path, double seconds)
    {
        if (string.IsNullOrWhiteSpace(Name))
            yield return $"{path}.name: a name.";
        if (Without is not null && !Grains.Faults.Controls.Names.Contains(Without))
            yield return $"{path}.without '{Without}' is not one of: {string.Join(", ", Grains.Faults.Controls.Names)}.";
        foreach (var wrong in (Faults ?? []).SelectMany((fault, i) => fault.FindWrong($"{path}.faults[{i}]", seconds)))
            yield return wrong;
    }
}
