using TravelHub.Grains.Faults;

namespace TravelHub.Silo;

/// <summary>Settings that make a silo fail on purpose, from the section <c>Faults</c>: <c>Enabled</c>, <c>Failpoint</c>, <c>FailpointStream</c>, <c>Plant</c>.</summary>
internal static class FaultSwitches
{
    /// <summary>Plants the bug or arms the failpoint that is set, if any.</summary>
    /// <exception cref="InvalidOperationException">Faults are enabled in production, or there is no such failpoint or bug.</exception>
    public static ISiloBuilder AddFaults(this ISiloBuilder silo, IConfiguration configuration, IHostEnvironment environment)
    {
        var faults = configuration.GetSection("Faults");
        if (!faults.GetValue("Enabled", defaultValue: false))
            return silo;
        if (environment.IsProduction())
            throw new InvalidOperationException("Faults:Enabled is set in the environment Production, where a silo never fails on purpose.");
        return faults["Plant"] is { } bug ? silo.AddPlant(bug) : silo.AddFailpoint(faults["Failpoint"], faults["FailpointStream"] ?? "");
    }
}
