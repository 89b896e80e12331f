using TravelHub.Grains.Faults;

namespace TravelHub.Silo;

/// <summary>Settings that make a silo fail on purpose, from the section <c>Faults</c>: <c>Enabled</c>, <c>Failpoint</c>, <c>FailpointStream</c>.</summary>
internal static class FaultSwitches
{
    /// <summary>Arms the failpoint that is set, if any.</summary>
    /// <exception cref="InvalidOperationException">Faults are enabled in production, or the failpoint is not one.</exception>
    public static ISiloBuilder AddFaults(this ISiloBuilder silo, IConfiguration configuration, IHostEnvironment environment)
    {
        var faults = configuration.GetSection("Faults");
        if (!faults.GetValue("Enabled", defaultValue: false))
            return silo;
        if (environment.IsProduction())
            throw new InvalidOperationException("Faults:Enabled is set in the environment Production, where a silo never fails on purpose.");
        return silo.AddFailpoint(faults["Failpoint"], faults["FailpointStream"] ?? "");
    }
}
