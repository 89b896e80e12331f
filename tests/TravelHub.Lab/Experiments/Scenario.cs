namespace TravelHub.Lab.Experiments;

/// <summary>An experiment as data: what is claimed, what is done, and what would show it. Written down before the run.</summary>
/// <param name="Id">A short name, of letters, digits and '-'.</param>
/// <param name="Hypothesis">What is claimed, in a sentence.</param>
/// <param name="Seconds">How long the load of a trial lasts.</param>
/// <param name="Trials">How often each arm is run.</param>
/// <param name="QuickSeconds">How long it lasts with <c>--quick</c>, which has one trial an arm; null for as long.</param>
/// <param name="Faults">What is done to every arm that has no faults of its own; null for nothing.</param>
/// <param name="QuickArms">The arms of a quick run; null for all.</param>
/// <param name="Conditions">All must hold for the claim to be supported.</param>
internal sealed record Scenario(
    string Id, string Hypothesis, ScenarioLoad Load, int Seconds, IReadOnlyList<Arm> Arms, IReadOnlyList<Condition> Conditions, int Trials = 5, int? QuickSeconds = null,
    IReadOnlyList<ScenarioFault>? Faults = null, IReadOnlyList<string>? QuickArms = null)
{
    public const int QuickTrials = 1;
    private const int LongestStretch = 40;   // of pairs, s

    private int Shortest => Math.Min(LengthOf(isQuick: true), Seconds);

    /// <summary>How long the load of a trial lasts, s.</summary>
    public int LengthOf(bool isQuick) => isQuick ? QuickSeconds ?? Seconds : Seconds;

    /// <summary>What is done to an arm: its own faults, or those of all.</summary>
    public IReadOnlyList<ScenarioFault> FaultsOf(Arm arm) => arm.Faults ?? Faults ?? [];

    /// <summary>What a quick run tries of it, and judges.</summary>
    public Scenario Quick() => QuickArms is not { } few ? this : this with
    {
        Arms = [.. Arms.Where(arm => few.Contains(arm.Name))],
        Conditions = [.. Conditions.Where(condition => few.Contains(condition.Arm))],
    };

    /// <summary>Names everything that cannot be run; empty when nothing is wrong.</summary>
    public IReadOnlyList<string> FindWrong()
    {
        var wrong = new List<string>();
        Require(Id is { Length: >= 1 and <= 40 } && Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "id: 1 to 40 letters, digits or '-'.");
        Require(!string.IsNullOrWhiteSpace(Hypothesis), "hypothesis: a sentence that a run can support or refute.");
        Require(Seconds is >= 2 and <= 86_400 && (QuickSeconds ?? Seconds) is >= 2 and <= 86_400, "seconds and quickSeconds: 2 to 86,400.");
        Require(Trials is >= 1 and <= 1_000, "trials: 1 to 1,000.");
        Require(Arms is { Count: >= 1 and <= 4 } && Arms.DistinctBy(arm => arm.Name).Count() == Arms.Count, "arms: 1 to 4, each with a name of its own.");
        Require(Load is not null, "load: what the clients do.");
        wrong.AddRange(Load?.FindWrong() ?? []);
        wrong.AddRange((Faults ?? []).SelectMany((fault, i) => fault.FindWrong($"faults[{i}]", Shortest)));
        wrong.AddRange(FindWrongFaults());
        wrong.AddRange((Arms ?? []).SelectMany((arm, i) => arm.FindWrong($"arms[{i}]", QuickArms?.Contains(arm.Name) ?? true ? Shortest : Seconds)));
        Require(QuickArms is null || (QuickArms.Count > 0 && QuickArms.All(name => (Arms ?? []).Any(arm => arm.Name == name))), "quickArms: some of the arms' names.");
        Require(Conditions is { Count: >= 1 }, "conditions: at least one, or no run can show anything.");
        wrong.AddRange((Conditions ?? []).SelectMany((condition, i) => condition.FindWrong($"conditions[{i}]", Arms ?? [], Load?.Kind ?? default)));
        return wrong;

        void Require(bool isRight, string otherwise)
        {
            if (!isRight)
                wrong.Add(otherwise);
        }
    }

    // A fault that nobody would carry out is refused: a run must not be read as one that withstood it.
    private IEnumerable<string> FindWrongFaults()
    {
        var all = (Arms ?? []).Select(FaultsOf).ToArray();
        if (Load?.Kind == LoadKind.Pairs)
        {
            if (!all.All(faults => faults is [{ IsAnalytics: true, AtSeconds: 0 }]))
                yield return "faults: with load.kind pairs each arm has one, analytics-dead, -hung or -flooding, at 0 s; it lasts as long as a stretch with trouble.";
            if (Math.Max(LengthOf(isQuick: true), Seconds) > LongestStretch)
                yield return $"seconds and quickSeconds: with load.kind pairs {LongestStretch} at most, or silos end a trouble themselves.";
            yield break;
        }

        if (all.SelectMany(faults => faults).Any(fault => fault.IsAnalytics))
            yield return "faults: analytics-… go with load.kind pairs.";
        if (Load?.Kind is LoadKind.Overload or LoadKind.Detectors && all.Any(faults => faults.Count > 0))
            yield return "faults: none with load.kind overload or detectors, which bring their own trouble.";
    }
}
