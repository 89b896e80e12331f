using TravelHub.Client.Replay.Audit;

namespace TravelHub.Lab.Mutants;

/// <summary>What became of one trial.</summary>
/// <param name="Seconds">From its first customer to the verdict.</param>
/// <param name="Succeeded">Requests that reached what they wanted: without any a trial shows nothing.</param>
/// <param name="Broken">Checks that do not hold, the one with most offenders first.</param>
internal sealed record MutantResult(MutantTrial Trial, double Seconds, int Succeeded, IReadOnlyList<CheckResult> Broken)
{
    public bool IsCaught => Broken.Count > 0;

    public string By => IsCaught ? $"{Broken[0].Name}{(Broken.Count > 1 ? $" (and {Broken.Count - 1} more)" : "")}" : "";

    /// <summary>One that breaks the first of them.</summary>
    public string Example => Broken is [{ Offenders: [var first, ..] }, ..] ? first : "";
}
