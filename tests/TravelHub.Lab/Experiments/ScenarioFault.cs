using System.Text.Json.Serialization;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Experiments;

/// <summary>What is done to the instance, and when.</summary>
/// <param name="AtSeconds">From the beginning of the load.</param>
/// <param name="Silo">Which silo, from 1.</param>
/// <param name="ForSeconds">How long it lasts, or how long after the database the silo dies.</param>
/// <param name="Replica">Which one lies, as <c>group/number</c>.</param>
/// <param name="How">How it lies: off-by-one, silent, slow, malformed, equivocating, wrong-by-factor or colluding.</param>
/// <param name="Parameter">Of the lie: a factor, milliseconds, or a conspiracy's number.</param>
/// <param name="Milliseconds">How much later a slow database answers.</param>
internal sealed record ScenarioFault(
    double AtSeconds, ScenarioFaultKind Kind, int Silo = 1, double ForSeconds = 5, string Replica = "0/1", string How = "wrong-by-factor", int Parameter = 10,
    int Milliseconds = 500)
{
    /// <param name="path">Where it stands, such as <c>faults[0]</c>.</param>
    /// <param name="seconds">How long the shortest load lasts.</param>
    public IEnumerable<string> FindWrong(string path, double seconds)
    {
        if (AtSeconds < 0 || AtSeconds >= seconds)
            yield return FormattableString.Invariant($"{path}.atSeconds: 0 or more, and before the load ends, {seconds:0} s after its begin (seconds, or quickSeconds where those are fewer).");
        else if (IsLasting && AtSeconds + ForSeconds > seconds)
            yield return FormattableString.Invariant($"{path}.forSeconds: it would outlast the load, which ends {seconds:0} s after its begin (seconds, or quickSeconds where those are fewer).");
        if (Silo is < 1 or > LabInstance.Silos)
            yield return $"{path}.silo: 1 to {LabInstance.Silos}.";
        if (ForSeconds is <= 0 or > 3_600)
            yield return $"{path}.forSeconds: more than 0, at most 3,600.";
        if (Milliseconds is < 1 or > 60_000)
            yield return $"{path}.milliseconds: 1 to 60,000.";
    }

    /// <summary>Whether it is trouble of analytics alone.</summary>
    [JsonIgnore]
    public bool IsAnalytics => Kind is ScenarioFaultKind.AnalyticsDead or ScenarioFaultKind.AnalyticsHung or ScenarioFaultKind.AnalyticsFlooding;

    /// <summary>Whether it lasts for <see cref="ForSeconds"/>.</summary>
    [JsonIgnore]
    public bool IsLasting => Kind is ScenarioFaultKind.PauseSilo or ScenarioFaultKind.PauseSilos or ScenarioFaultKind.DeactivateSilo or ScenarioFaultKind.PostgresAway or ScenarioFaultKind.PostgresSlow;

    public override string ToString() => FormattableString.Invariant(Kind switch
    {
        ScenarioFaultKind.KillSilo => $"kill silo-{Silo}",
        ScenarioFaultKind.KillSilos => $"kill all silos",
        ScenarioFaultKind.PauseSilo => (FormattableString)$"pause silo-{Silo} for {ForSeconds:0.#} s",
        ScenarioFaultKind.DeactivateSilo => $"deactivate silo-{Silo}, and restart it {ForSeconds:0.#} s later",
        ScenarioFaultKind.RestartSilos => $"restart all silos, one after the other",
        ScenarioFaultKind.AnalyticsDead => $"analytics' database takes no connection",
        ScenarioFaultKind.AnalyticsHung => $"analytics' database ends no write",
        ScenarioFaultKind.AnalyticsFlooding => $"analytics is asked without a pause",
        ScenarioFaultKind.PauseSilos => $"pause all silos for {ForSeconds:0.#} s",
        ScenarioFaultKind.KillPostgres => $"kill PostgreSQL",
        ScenarioFaultKind.KillPostgresAndSilo => $"kill PostgreSQL, and silo-{Silo} {ForSeconds:0.##} s later",
        ScenarioFaultKind.PostgresAway => $"PostgreSQL away for {ForSeconds:0.#} s",
        ScenarioFaultKind.PostgresSlow => $"PostgreSQL {Milliseconds} ms late for {ForSeconds:0.#} s",
        ScenarioFaultKind.KillProvider => $"kill the payment provider",
        _ => $"replica {Replica} {How} ({Parameter})",
    });
}

/// <summary>All faults come from outside the process that suffers them, but a replica's lie.</summary>
internal enum ScenarioFaultKind
{
    KillSilo,

    /// <summary>All of them, at the same moment.</summary>
    KillSilos,

    PauseSilo,
    PauseSilos,

    /// <summary>As an operator does it, through the gateway.</summary>
    DeactivateSilo,

    /// <summary>As an operator does it, through the gateway: the next one when the one before is back.</summary>
    RestartSilos,

    KillPostgres,
    KillPostgresAndSilo,
    PostgresAway,
    PostgresSlow,
    KillProvider,
    Lie,
    AnalyticsDead,
    AnalyticsHung,
    AnalyticsFlooding,
}
