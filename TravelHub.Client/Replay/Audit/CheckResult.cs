using System.Text.Json.Serialization;

namespace TravelHub.Client.Replay.Audit;

/// <summary>What a check found.</summary>
/// <param name="Name">What has to hold, as a sentence.</param>
/// <param name="Holds">Null when it could not be made; that is no success.</param>
/// <param name="Numbers">What was looked at, or why nothing was.</param>
/// <param name="Offenders">The first that break it.</param>
internal sealed record CheckResult(string Name, bool? Holds, string Numbers, IReadOnlyList<string> Offenders)
{
    private const int OffendersKept = 5;

    /// <summary>How many break it.</summary>
    public int Broken { get; init; }

    /// <summary>Whether waiting may help: the system finishes some work after its answer.</summary>
    [JsonIgnore]
    public bool MaySettle { get; init; }

    /// <summary>Holds when there is no offender.</summary>
    /// <param name="numbers">Ends up beside the count of offenders, if there are any.</param>
    public static CheckResult Of(string name, string numbers, IEnumerable<string> offenders)
    {
        var all = offenders.ToList();
        return new CheckResult(
            name, all.Count == 0, all.Count == 0 ? numbers : $"{numbers}; offenders: {all.Count}", all.Take(OffendersKept).ToList()) { Broken = all.Count };
    }

    public static CheckResult NotMade(string name, string why) => new(name, null, why, []);
}
