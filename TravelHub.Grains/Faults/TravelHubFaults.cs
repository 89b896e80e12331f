using Microsoft.Extensions.DependencyInjection;
using TravelHub.Grains.Abstractions.Faults;
using TravelHub.Grains.EventLog;
#if MUTANTS
using TravelHub.Grains.Faults.Mutants;
#endif
using TravelHub.Grains.Payments;

namespace TravelHub.Grains.Faults;

/// <summary>Arms a silo to die, or plants a bug in it. No grain knows of it: what dies stands around the log, the provider, the snapshots and the calls between grains.</summary>
public static class TravelHubFaults
{
    /// <summary>The process kills itself the first time that it comes to the failpoint with work that concerns the stream. After <c>AddTravelHubGrains</c>.</summary>
    /// <param name="stream">A stream's name, or how it begins; empty for any.</param>
    /// <exception cref="InvalidOperationException">There is no failpoint of this name.</exception>
    public static ISiloBuilder AddFailpoint(this ISiloBuilder silo, string? name, string stream)
    {
        var failpoint = new ArmedFailpoint(Failpoints.Named(name), stream);
        Decorate<IEventLog>(silo.Services, log => new DyingEventLog(log, failpoint));
        Decorate<IPaymentProvider>(silo.Services, provider => new DyingPaymentProvider(provider, failpoint));
        Decorate<ISnapshots>(silo.Services, snapshots => new DyingSnapshots(snapshots, failpoint));
        silo.AddOutgoingGrainCallFilter(new DyingCalls(failpoint));
        return silo;
    }

    /// <summary>The silo runs with a bug, one of <see cref="Plants"/>. After <c>AddTravelHubGrains</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no bug of this name.</exception>
    public static ISiloBuilder AddPlant(this ISiloBuilder silo, string? name)
    {
        switch (name)
        {
            case Plants.AckBeforeEffect:
                Decorate<IEventLog>(silo.Services, log => new HastyEventLog(log));
                return silo;
            case Plants.MissingFence:
                Decorate<IEventLog>(silo.Services, log => new UnfencedEventLog(log));
                return silo;
            case Plants.CursorOnIdAlone:
                silo.Services.AddSingleton<LogReader, PositionLogReader>();
                return silo;
            case Plants.HoldEndedByInventoryClock:
                return silo.AddOutgoingGrainCallFilter<OwnClockCalls>();
            default:
#if MUTANTS
                if (silo.AddMutant(name))
                    return silo;
#endif
                throw Plants.Unknown(name);
        }
    }

    /// <summary>The silo runs without a tactic, one of <see cref="Controls"/>. After <c>AddTravelHubGrains</c>.</summary>
    /// <exception cref="InvalidOperationException">There is no tactic of this name.</exception>
    public static ISiloBuilder AddControl(this ISiloBuilder silo, string? name)
    {
        switch (name)
        {
            case Controls.Vote:
                silo.Services.AddSingleton(VotingRule.Alone);
                return silo;
            case Controls.Durability:
                Decorate<IEventLog>(silo.Services, log => new HastyEventLog(log));
                return silo;
            case Controls.Resilience or Controls.Limits:
                return silo;   // the gateway's to do without
            default:
                throw Controls.Unknown(name);
        }
    }

    /// <summary>Replicas can be made to lie and components to fail by <see cref="IFaultsGrain"/>. After <c>AddTravelHubGrains</c>.</summary>
    public static ISiloBuilder AddFaultSwitches(this ISiloBuilder silo)
    {
        silo.Services.AddSingleton<FaultBoard<ReplicaFault>>();
        silo.Services.AddSingleton<FaultBoard<ComponentFault>>();
        silo.Services.AddSingleton<FaultAgents>();
        silo.AddGrainService<FaultAgent>();
        silo.AddIncomingGrainCallFilter<LyingReplicas>();
        silo.AddIncomingGrainCallFilter<FaultyComponents>();
        return silo.AddStartupTask((services, cancellationToken) => StartupCalls.UntilDone(services, "What faults there are", async () =>
        {
            var faults = services.GetRequiredService<IGrainFactory>().GetGrain<IFaultsGrain>(0);
            services.GetRequiredService<FaultBoard<ReplicaFault>>().Set(await faults.All());
            services.GetRequiredService<FaultBoard<ComponentFault>>().Set(await faults.Components());
        }, cancellationToken));
    }

    internal static void Decorate<T>(IServiceCollection services, Func<T, T> around) where T : class
    {
        var inner = services.Last(s => s.ServiceType == typeof(T));
        services.Remove(inner);
        services.AddSingleton(s => around((T)ActivatorUtilities.CreateInstance(s, inner.ImplementationType!)));
    }
}
