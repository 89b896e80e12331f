using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;

using TravelHub.Client.Instances;
using TravelHub.Client.Processes;

namespace TravelHub.Client.Up;

/// <summary>
/// A whole TravelHub on this machine, each part a process of its own. What an earlier <c>up</c> left running is taken over if it is
/// what this one would start, and stopped otherwise.
/// </summary>
internal sealed class LocalCluster(DataFolder folder, InstanceStore store, Action<string> say, TimeProvider clock) : IDisposable
{
    private readonly InstanceDatabase _database = new(folder, store, say, clock);
    private readonly ConcurrentBag<SupervisedProcess> _processes = [];
    private readonly HeldBack _heldBack = new();

    /// <summary>Starts everything and returns when the gateway is ready.</summary>
    public async Task Start(UpOptions options, CancellationToken cancellationToken)
    {
        RequirePort(options.Port);
        store.Update(instance => instance with { Url = new Uri($"http://127.0.0.1:{options.Port}") });
        var plans = new ClusterPlans(folder, store, options);

        // The provider needs nobody, so it starts while the database does.
        await Supervise(plans.ForProvider(), _heldBack.UntilFree);
        say("Starting the database");
        var connectionString = await _database.Start(options.Postgres, cancellationToken);
        var clusterId = await ChooseClusterId(connectionString, options.Silos);
        store.Update(instance => instance with
        {
            ConnectionString = connectionString,
            ClusterId = clusterId,
            Away = clusterId == instance.ClusterId ? instance.Away : [],
            // Those that ended and are wanted are started below; the others are no part of the instance any more.
            Processes = instance.Processes.Where(process => process.Value.IsAlive).ToImmutableSortedDictionary(),
        });

        var app = options.DatabaseRoute(await _database.PrepareApp(connectionString, cancellationToken));
        say($"Starting silos ({options.Silos}) and the gateway");
        var wishes = new SiloWishes(connectionString, clusterId, store, say, clock);
        for (var number = 1; number <= options.Silos; number++)
            await Supervise(plans.ForSilo(number, app, clusterId), UntilWanted);
        await Supervise(plans.ForGateway(app, clusterId), _heldBack.UntilFree);
        await Readiness.Wait(
            store.Current.Url, clock, cancellationToken, () => say($"The gateway is not ready after a minute; what keeps it or the silos is in {folder.Logs}"));

        async Task UntilWanted(string name, CancellationToken stopping)
        {
            await wishes.UntilWanted(name, stopping);
            await _heldBack.UntilFree(name, stopping);
        }
    }

    /// <inheritdoc cref="InstanceDatabase.TakeAway"/>
    public Task<IDisposable> TakeDatabaseAway() => _database.TakeAway();

    /// <summary>Leaves a silo, the gateway or the provider away once it has ended, until the result is disposed of.</summary>
    public IDisposable HoldBack(string process) => _heldBack.Begin(process);

    /// <summary>Stops everything in order, also when some of it cannot be stopped.</summary>
    public async Task Stop()
    {
        try
        {
            await StopOrder.Run(_processes, process => process.Name, process => process.Stop(StopOrder.Grace));
        }
        finally
        {
            try
            {
                // Had the start been cut short, some that an earlier run left would not be among the supervised.
                await Leftovers.Stop(Leftovers.Of(store.Current), clock);
            }
            finally
            {
                await _database.Stop();
            }
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes)
            process.Dispose();
        _database.Dispose();
    }

    /// <summary>
    /// Silos that run already keep their cluster, if it is on this database. Otherwise the cluster is new, and its members need not
    /// find out first that those they read of in the membership table are dead.
    /// </summary>
    private async Task<string> ChooseClusterId(string connectionString, int siloCount)
    {
        var members = Leftovers.Of(store.Current).Where(process => process.Name != "provider").ToList();
        var sameDatabase = store.Current.ConnectionString == connectionString;
        var wanted = Enumerable.Range(1, siloCount).Select(number => $"silo-{number}").ToHashSet();
        await Leftovers.Stop(members.Where(member => !sameDatabase || (member.Name != "gateway" && !wanted.Contains(member.Name))), clock);
        if (sameDatabase && members.Any(member => wanted.Contains(member.Name)))
            return store.Current.ClusterId;
        var startedAt = clock.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        return $"th-{startedAt}-{Secret.New()[..6]}";
    }

    /// <summary>Returns at once, unless a process that the plan does not want must be stopped first.</summary>
    private async Task Supervise(ProcessPlan plan, Func<string, CancellationToken, Task> mayStart)
    {
        var left = store.Current.Processes.GetValueOrDefault(plan.Name) is { IsAlive: true } record ? record : null;
        if (left is not null && left.Fingerprint != plan.Fingerprint)
        {
            say($"{left.Name} runs already but with other settings; stopping it first");
            await Leftovers.Stop([left], clock);
            left = null;
        }

        if (left is not null)
            say($"{left.Name} runs already (pid {left.Pid}); looking after it");
        var process = new SupervisedProcess(plan, clock, store.Remember, say, mayStart);
        _processes.Add(process);
        process.Start(left);
    }

    private void RequirePort(int port)
    {
        var gateway = store.Current.Processes.GetValueOrDefault("gateway");
        var isOurs = gateway is { IsAlive: true } && gateway.Ports.Values.Contains(port);
        if (!isOurs && !LoopbackPorts.IsFree(port))
            throw new CommandFailure($"Port {port} is in use by another program. Choose another one with --port.");
    }
}
