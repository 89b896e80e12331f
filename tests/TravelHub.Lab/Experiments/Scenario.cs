using System.Text.Json.Serialization;

namespace TravelHub.Lab.Experiments;

/// <summary>An experiment as data: what is claimed, what is done, and what would show it. Written down before the run.</summary>
/// <param name="Id">A short name, of letters, digits and '-'.</param>
/// <param name="Hypothesis">What is claimed, in a sentence.</param>
/// <param name="Seconds">How long the load of a trial lasts.</param>
/// <param name="Trials">How often each arm is run.</param>
/// <param name="QuickSeconds">The same for <c>--quick</c>.</param>
/// <param name="Conditions">All must hold for the claim to be supported.</param>
internal sealed record Scenario(
    string Id, string Hypothesis, ScenarioLoad Load, int Seconds, int Trials, int QuickSeconds, IReadOnlyList<ScenarioFault> Faults,
    IReadOnlyList<Arm> Arms, IReadOnlyList<Condition> Conditions)
{
    public const int QuickTrials = 1;

    /// <summary>Names everything that cannot be run; empty when nothing is wrong.</summary>
    public IReadOnlyList<string> FindWrong()
    {
        var wrong = new List<string>();
        Require(Id is { Length: >= 1 and <= 40 } && Id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'), "id: 1 to 40 letters, digits or '-'.");
        Require(!string.IsNullOrWhiteSpace(Hypothesis), "hypothesis: a sentence that a run can support or refute.");
        Require(Seconds is >= 5 and <= 86_400 && QuickSeconds is >= 5 and <= 86_400, "seconds and quickSeconds: 5 to 86,400.");
        Require(Trials is >= 1 and <= 1_000, "trials: 1 to 1,000.");
        Require(Arms is { Count: >= 1 and <= 4 } && Arms.DistinctBy(arm => arm.Name).Count() == Arms.Count, "arms: 1 to 4, each with a name of its own.");
        Require(Load is not null, "load: what the clients do.");
        wrong.AddRange(Load?.FindWrong() ?? []);
        wrong.AddRange((Faults ?? []).SelectMany(fault => fault.FindWrong()));
        wrong.AddRange((Arms ?? []).SelectMany(arm => arm.FindWrong()));
        Require(Conditions is { Count: >= 1 }, "conditions: at least one, or no run can show anything.");
        wrong.AddRange((Conditions ?? []).SelectMany(condition => condition.FindWrong(Arms ?? [])));
        return wrong;

        void Require(bool isRight, string otherwise)
        {
            if (!isRight)
                wrong.Add(otherwise);
        }
    }
}

/// <summary>What the clients of a trial do.</summary>
/// <param name="Kind"><c>customers</c> and <c>payers</c> go on when they are answered; <c>arrivals</c> come at a rate; <c>overload</c> is ten times what can be carried.</param>
/// <param name="Clients">Of a closed loop.</param>
/// <param name="RatePerSecond">Of arrivals.</param>
/// <param name="SearchShare">How many of the arrivals search; the rest book.</param>
internal sealed record ScenarioLoad(LoadKind Kind, int Clients = 16, double RatePerSecond = 50, double SearchShare = 0)
{
    public IEnumerable<string> FindWrong()
    {
        if (Clients is < 1 or > 256)
            yield return "load.clients: 1 to 256.";
        if (RatePerSecond is < 0.1 or > 20_000)
            yield return "load.ratePerSecond: 0.1 to 20,000.";
        if (SearchShare is < 0 or > 1)
            yield return "load.searchShare: 0 to 1.";
    }
}

/// <inheritdoc cref="ScenarioLoad" path="/param[@name='Kind']"/>
internal enum LoadKind
{
    Customers,
    Payers,
    Arrivals,
    Overload,
}

/// <summary>One of the configurations that are compared.</summary>
/// <param name="Without">The tactic that it does without; null for the system as it is.</param>
/// <param name="Settings">Variables of its processes, such as <c>Limits__MostUnderWay</c>.</param>
internal sealed record Arm(string Name, string? Without = null, IReadOnlyDictionary<string, string>? Settings = null)
{
    [JsonIgnore]
    public bool IsControl => Without is not null;

    public IEnumerable<string> FindWrong()
    {
        if (string.IsNullOrWhiteSpace(Name))
            yield return "arms.name: a name.";
        if (Without is not null && !Grains.Faults.Controls.Names.Contains(Without))
            yield return $"arms.without '{Without}' is not one of: {string.Join(", ", Grains.Faults.Controls.Names)}.";
    }
}
