using System.Globalization;

namespace TravelHub.Lab.Experiments;

/// <summary>What has to be seen: one arm's metric within a bound.</summary>
/// <param name="RefutedBy">The metric that has to be beyond the bound as well before it refutes: the lower end, where <paramref name="Metric"/> is the upper end of an interval.</param>
/// <param name="IsControl">It shows that the fault bites where the tactic is off: without it nothing is shown, but nothing refuted either.</param>
internal sealed record Condition(string Arm, string Metric, double? AtMost = null, double? AtLeast = null, bool IsControl = false, string? RefutedBy = null)
{
    /// <param name="path">Where it stands, such as <c>conditions[0]</c>.</param>
    public IEnumerable<string> FindWrong(string path, IReadOnlyList<Arm> arms, LoadKind load)
    {
        var metrics = Metrics.Of(load);
        if (arms.All(arm => arm.Name != Arm))
            yield return $"{path}.arm '{Arm}' is none of the arms: {string.Join(", ", arms.Select(arm => $"'{arm.Name}'"))}.";
        if (!metrics.Contains(Metric))
            yield return $"{path}.metric '{Metric}' is not one of those of load.kind {ScenarioFiles.Word(load)}: {string.Join(", ", metrics.Order(StringComparer.Ordinal))}.";
        if (RefutedBy is not null && !metrics.Contains(RefutedBy))
            yield return $"{path}.refutedBy '{RefutedBy}' is not one of those of load.kind {ScenarioFiles.Word(load)} either.";
        if (AtMost is null == AtLeast is null)
            yield return $"{path}: either atMost or atLeast.";
    }

    /// <summary>Judges an estimate: true when all of its interval is within the bound, false when none of it is, null in between or without a value.</summary>
    /// <remarks>Where nothing at all may happen, one trial in which it did refutes it.</remarks>
    public bool? Judge(Estimate? estimate)
    {
        if (estimate is null)
            return null;
        if (AtMost is { } most)
            return most == 0 ? estimate.Max <= 0 : estimate.High <= most ? true : estimate.Low > most ? false : null;
        var least = AtLeast!.Value;
        return estimate.Low >= least ? true : estimate.High < least ? false : null;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Arm}: {Metrics.All.GetValueOrDefault(Metric, Metric)} {(AtMost is { } most ? $"at most {most:0.###}" : $"at least {AtLeast:0.###}")}");
}
