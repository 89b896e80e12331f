using TravelHub.Grains.Faults;

namespace TravelHub.Silo;

/// <summary>
/// Settings that make a silo fail on purpose, from the section <c>Faults</c>: with <c>Enabled</c> replicas can be made to lie and components to fail while it runs;
/// <c>Failpoint</c>, <c>FailpointStream</c> and <c>Plant</c> are faults from its start on, and <c>Without</c> takes a tactic away.
/// </summary>
internal static class FaultSwitches
{
    /// <summary>Makes room for faults, takes the tactic away, plants the bug and arms the failpoint that are set, if any.</summary>
    /// <exception cref="InvalidOperationException">Faults are enabled in production, or there is no such failpoint, bug or tactic.</exception>
    public static ISiloBuilder AddFaults(this ISiloBuilder silo, IConfiguration configuration, IHostEnvironment environment)
    {
        var faults = configuration.GetSection("Faults");
        if (!faults.GetValue("Enabled", defaultValue: false))
            return silo;
        if (environment.IsProduction())
            throw new InvalidOperationException("Faults:Enabled is set in the environment Production, where a silo never fails on purpose.");
        silo.AddFaultSwitches();
        if (faults["Plant"] is { } bug)
            silo.AddPlant(bug);
        if (faults["Without"] is { } tactic)
            silo.AddControl(tactic);
        if (faults["Failpoint"] is { } failpoint)
            silo.AddFailpoint(failpoint, faults["FailpointStream"] ?? "");
        return silo;
    }
}
