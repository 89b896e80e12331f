#if MUTANTS
using TravelHub.Api.Faults.Mutants;
#endif
using TravelHub.Api.Intake;
using TravelHub.Api.Limits;
using TravelHub.Api.Reads;
using TravelHub.Api.Resilience;

namespace TravelHub.Api.Faults;

/// <summary>Tactics that a gateway can run without, so that the lab has something to compare them with: <c>Faults:Without</c>, only where faults are enabled.</summary>
internal static class GatewayControls
{
    /// <summary>No breaker, no last good answer, no intake. Time-outs and repeats stay.</summary>
    public const string Resilience = "resilience";

    /// <summary>Everybody is let in.</summary>
    public const string Limits = "limits";

    /// <summary>After all that it takes away. What it does not know is a tactic of the silos.</summary>
    public static WebApplicationBuilder AddControls(this WebApplicationBuilder builder)
    {
        if (!FaultsAreOn(builder.Configuration, builder.Environment))
            return builder;
#if MUTANTS
        builder.AddMutant(builder.Configuration["Faults:Plant"]);
#endif
        switch (builder.Configuration["Faults:Without"])
        {
            case Resilience:
                builder.Services.PostConfigure<BreakerOptions>(o => o.IsOff = true);
                builder.Services.PostConfigure<ReadOptions>(o => o.IsDirect = true);
                builder.Services.PostConfigure<IntakeOptions>(o => o.Folder = null);
                break;
            case Limits:
                builder.Services.PostConfigure<LimitOptions>(o => (o.MostUnderWay, o.RequestsPerSecond, o.Burst) = (1_000_000, 1_000_000, 10_000_000));
                break;
        }

        return builder;
    }

    /// <exception cref="InvalidOperationException">Faults are switched on in production.</exception>
    public static bool FaultsAreOn(IConfiguration configuration, IHostEnvironment environment)
    {
        if (!configuration.GetValue("Faults:Enabled", defaultValue: false))
            return false;
        return environment.IsProduction()
            ? throw new InvalidOperationException("Faults:Enabled is set in the environment Production, where nothing fails on purpose.")
            : true;
    }
}
