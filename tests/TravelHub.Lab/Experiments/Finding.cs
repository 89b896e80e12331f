using System.Globalization;

namespace TravelHub.Lab.Experiments;

/// <summary>What results.</summary>
internal enum FindingKind
{
    Supported,
    Refuted,
    Inconclusive,

    /// <summary>The load never succeeded in some trial, or a fault did not happen: an error, and no result.</summary>
    Unusable,
}

/// <summary>What the trials say of a condition.</summary>
internal sealed record Judged(Condition Condition, Estimate? Estimate, bool? Holds);

/// <summary>What all trials together say of the hypothesis.</summary>
/// <param name="Sentence">The verdict for people.</param>
internal sealed record Finding(FindingKind Kind, string Sentence, IReadOnlyList<Judged> Conditions)
{
    /// <summary>Pure: the same trials give the same finding.</summary>
    /// <param name="planned">How many trials of all arms there were to be: with fewer nothing is decided, whatever they show.</param>
    public static Finding Of(Scenario scenario, IReadOnlyList<Trial> trials, int planned)
    {
        var judged = scenario.Conditions.Select(condition =>
        {
            var estimate = Of(condition, condition.Metric);
            var holds = condition.Judge(estimate);
            if (holds == false && condition.RefutedBy is { } other && condition.Judge(Of(condition, other)) != false)
                holds = null;
            if (holds == true && estimate!.Trials < trials.Count(trial => trial.Arm == condition.Arm))
                holds = null;   // the trial that tells nothing may be the one that would have told the worst
            return new Judged(condition, estimate, holds);
        }).ToList();
        if (trials.FirstOrDefault(trial => !trial.IsUsable) is { } unusable)
            return new Finding(FindingKind.Unusable, $"Nothing is shown: in trial {unusable.Number} of '{unusable.Arm}' {unusable.WhyUnusable}.", judged);
        if (trials.Count < planned)
            return new Finding(FindingKind.Inconclusive, $"Inconclusive: broken off after {trials.Count} of {planned} trials.", judged);
        if (judged.Where(one => !one.Condition.IsControl && one.Holds == false).ToList() is { Count: > 0 } broken)
            return new Finding(FindingKind.Refuted, $"Refuted: {string.Join("; ", broken.Select(Words))}.", judged);
        if (judged.FirstOrDefault(one => one.Holds != true) is { } open)
        {
            return new Finding(FindingKind.Inconclusive, open.Condition.IsControl
                ? $"Inconclusive: without the tactic the fault does not show ({Words(open)})."
                : $"Inconclusive: {Words(open)}.", judged);
        }

        var trialsAnArm = trials.Count / scenario.Arms.Count;
        var none = trialsAnArm < 3 ? ", which is few"
            : judged.Any(one => one.Condition.AtMost == 0)
            ? string.Create(CultureInfo.InvariantCulture, $"; what never happened in {trialsAnArm} trials happens in fewer than {Math.Min(1, 3.0 / trialsAnArm):0.##} of them with 95 %")
            : "";
        return new Finding(FindingKind.Supported, $"Supported by {trialsAnArm} trial{(trialsAnArm == 1 ? "" : "s")} an arm{none}.", judged);

        Estimate? Of(Condition condition, string metric) =>
            Estimate.Of(trials.Where(trial => trial.Arm == condition.Arm).Select(trial => trial.Values.GetValueOrDefault(metric, double.NaN)));
    }

    private static string Words(Judged judged) => judged.Estimate is { } estimate
        ? $"{judged.Condition}, and it was {Estimate.Words(estimate.Median)} ({Estimate.Words(estimate.Low)} to {Estimate.Words(estimate.High)})"
        : $"{judged.Condition}, and no trial tells";
}
