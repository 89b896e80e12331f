using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Hosting;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Inventory;
using TravelHub.Grains.Abstractions.Payments;
using TravelHub.Grains.Abstractions.Reservations;
using TravelHub.Grains.Analytics;
using TravelHub.Grains.Catalog;
using TravelHub.Grains.EventLog;
using TravelHub.Grains.Inventory;
using TravelHub.Grains.Monitoring;
using TravelHub.Grains.Operations;
using TravelHub.Grains.Payments;
using TravelHub.Grains.Reservations;

namespace TravelHub.Grains;

/// <summary>Registers everything that the grains need but storage, clustering and reminders, which the host chooses.</summary>
public static class TravelHubGrains
{
    // Longer than the first start of all needs; bookings of later ones need not wait, since reminders are permanent.
    private static readonly TimeSpan StartWaits = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds the grains' services. The host adds an <c>NpgsqlDataSource</c>, the grain storages of <see cref="GrainStorageNames"/> and a reminder
    /// service. Options are bound from the sections <c>EventLog</c>, <c>Inventory</c>, <c>Monitoring</c>, <c>Payments</c>, <c>Quotes</c>,
    /// <c>Reservations</c> and checked at start.
    /// </summary>
    public static ISiloBuilder AddTravelHubGrains(this ISiloBuilder silo, IConfiguration configuration)
    {
        var services = silo.Services;
        Bind<EventLogOptions>(services, configuration, "EventLog");
        Bind<InventoryOptions>(services, configuration, "Inventory");
        Bind<MonitoringOptions>(services, configuration, "Monitoring");
        Bind<PaymentOptions>(services, configuration, "Payments");
        Bind<QuoteOptions>(services, configuration, "Quotes");
        Bind<ReservationOptions>(services, configuration, "Reservations");
        services.TryAddSingleton(TimeProvider.System);
        services.AddErrorContracts();
        services.AddSingleton<LogWriter>();
        services.AddSingleton<SharedReads>();
        services.AddSingleton<IEventLog, PostgresEventLog>();
        services.AddHostedService<HorizonWatchdog>();
        services.AddSingleton<LogReader>();
        services.AddMetrics();
        services.AddSingleton<LogMetrics>();
        services.AddSingleton<ISnapshots, Snapshots>();
        services.AddSingleton<PendingStays>();
        services.AddSingleton<QuoteSigner>();
        services.AddSingleton<GrainReferences>();
        services.AddSingleton<ReservationSteps>();
        services.TryAddSingleton<IPaymentProvider, HttpPaymentProvider>();
        services.AddSingleton(VotingRule.Majority);
        services.AddSingleton<VoteRecords>();
        services.AddHostedService(s => s.GetRequiredService<VoteRecords>());
        services.AddPlacementDirector<SpreadPlacement, SpreadDirector>();
        services.AddPlacementDirector<HomePlacement, HomeDirector>();
        services.AddGrainDirectory(HomeDirectory.Name, (_, _) => new HomeDirectory());
        services.AddSingleton<SiloAgents>();
        services.AddSingleton<SiloWishes>();
        services.AddSingleton<OwnWish>();
        silo.AddGrainService<SiloAgent>();
        silo.AddMonitoring();
        silo.AddAnalytics(configuration);
        return silo.AddStartupTask((_, cancellationToken) => Task.Run(ReplicaGrain.WarmUp, cancellationToken))
            .AddStartupTask(ArrangeReminders)
            .AddStartupTask(OwnWish.Follow);
    }

    private static void Bind<TOptions>(IServiceCollection services, IConfiguration configuration, string section) where TOptions : class =>
        services.AddOptions<TOptions>().Bind(configuration.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();

    // Each for itself: one that has to wait for a silo's death to be known keeps no other back.
    private static Task ArrangeReminders(IServiceProvider services, CancellationToken cancellationToken)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        var groups = services.GetRequiredService<IOptions<PaymentOptions>>().Value.ReplicaGroups;
        return Task.WhenAll(
        [
            .. Enumerable.Range(0, groups).Select(group => Arrange($"The probe of replica group {group}", () => grains.GetGrain<IReplicaHealthGrain>(group).Start())),
            Arrange("The resync of inventories", () => grains.GetGrain<IResyncGrain>(0).Start()),
            Arrange("The ledger", () => grains.GetGrain<ILedgerGrain>(0).Start()),
            .. Enumerable.Range(0, RecoveryGrain.Shards).Select(shard => Arrange($"Recovery of shard {shard}", () => grains.GetGrain<IRecoveryGrain>(shard).Start())),
        ]);

        Task Arrange(string what, Func<Task> start) => StartupCalls.UntilDone(services, what, start, StartWaits, cancellationToken);
    }
}
