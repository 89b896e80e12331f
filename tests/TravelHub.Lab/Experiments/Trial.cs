using System.Text.Json.Serialization;
using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Experiments;

/// <summary>One run of one arm.</summary>
/// <param name="Values">Metrics by name.</param>
/// <param name="Timeline">What happened in each second of the load.</param>
/// <param name="Checks">All that were made, with what each looked at.</param>
internal sealed record Trial(
    string Arm, int Number, int Seed, IReadOnlyDictionary<string, double> Values, IReadOnlyList<TrialSecond> Timeline, IReadOnlyList<CheckResult> Checks)
{
    /// <summary>The checks that did not hold.</summary>
    [JsonIgnore]
    public IReadOnlyList<CheckResult> Broken => [.. Checks.Where(check => check.Holds != true)];

    /// <summary>Whether anybody was served at all and every fault took place; otherwise it shows nothing.</summary>
    public bool IsUsable => WhyUnusable is null;

    /// <summary>Why it shows nothing; null when it does.</summary>
    public string? WhyUnusable => Values.GetValueOrDefault(Metrics.Succeeded) <= 0 ? "no request succeeded"
        : Values.GetValueOrDefault(Metrics.FaultsMissed) > 0 ? "not every fault took place"
        : Values.GetValueOrDefault(Metrics.EndedEarly) > 0 ? "its load ended before its time"
        : null;
}

/// <param name="Succeeded">Requests answered well in this second.</param>
/// <param name="Failed">Requests that failed or were not answered.</param>
/// <param name="P99Milliseconds">Null where no latency was taken.</param>
internal sealed record TrialSecond(int Second, long Succeeded, long Failed, double? P99Milliseconds);
