using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using TravelHub.Client;
using TravelHub.Client.Instances;
using TravelHub.Client.Postgres;
using TravelHub.Client.Processes;
using TravelHub.Client.Up;

namespace TravelHub.Lab.Instances;

/// <summary>A TravelHub of the lab's own, run as <c>up</c> runs one: every part a process, and what dies is started again.</summary>
internal sealed class LabInstance : IAsyncDisposable
{
    public const int Silos = 3;

    private readonly DataFolder _folder;
    private readonly InstanceLock _lock;
    private readonly InstanceStore _store;
    private readonly LocalCluster _cluster;

    private LabInstance(DataFolder folder, InstanceLock held, Action<string> say, TimeProvider time)
    {
        (_folder, _lock) = (folder, held);
        _store = new InstanceStore(folder);
        _cluster = new LocalCluster(folder, _store, say, time);
    }

    public Uri Url => _store.Current.Url;

    public string ClientKey => _store.Current.Keys.Client;

    public string OperatorKey => _store.Current.Keys.Operator;

    public string ResearcherKey => _store.Current.Keys.Researcher;

    public string ConnectionString => _store.Current.ConnectionString;

    /// <summary>Sends to the gateway with a key of this instance; the caller disposes of it.</summary>
    public HttpClient WithKey(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Url };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>The payment provider's own store.</summary>
    public string ProviderStore => _folder.PaymentsStore;

    /// <summary>Starts it and returns when the gateway is ready.</summary>
    /// <exception cref="CommandFailure">It cannot be started, or its folder is in use.</exception>
    public static async Task<LabInstance> Start(LabSite site, Action<string> say, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = new DataFolder(site.DataFolder);
        folder.Create();
        var held = InstanceLock.TryTake(folder)
            ?? throw new CommandFailure($"A TravelHub runs in {folder.Path}; the lab needs a folder of its own.");
        var instance = new LabInstance(folder, held, say, time);
        try
        {
            var (pid, startMark) = ProcessIdentity.Of(Environment.ProcessId)!;
            var up = new ProcessRecord("up", pid, startMark, time.GetUtcNow(), ImmutableDictionary<string, int>.Empty, Fingerprint: "");
            instance._store.Update(known => known with { Up = up });
            var port = LoopbackPorts.Choose($"{folder.Path}/gateway", ImmutableHashSet<int>.Empty);
            var options = new UpOptions(Silos, port, Postgres: null) { Settings = site.Settings(), DatabaseRoute = site.DatabaseRoute, Program = site.Program };
            await instance._cluster.Start(options, cancellationToken);
            return instance;
        }
        catch
        {
            await instance.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process that is the silo now, or was until it died.</summary>
    /// <param name="number">From 1.</param>
    public ProcessIdentity Silo(int number) => Process(Name(number));

    /// <summary>The payment provider's process.</summary>
    public ProcessIdentity Provider => Process("provider");

    /// <summary>The process that does this work now, or did until it died.</summary>
    /// <param name="name">silo-1 …, gateway or provider.</param>
    public ProcessIdentity Process(string name) => _store.Current.Processes[name].Identity;

    /// <inheritdoc cref="LocalCluster.HoldBack"/>
    public IDisposable HoldBack(string process) => _cluster.HoldBack(process);

    /// <summary>Where the payment provider answers.</summary>
    public int ProviderPort => _store.Current.Processes["provider"].Ports["http"];

    /// <summary>Where a silo says that it is ready.</summary>
    public Uri SiloHealth(int number) => new($"http://127.0.0.1:{_store.Current.Processes[Name(number)].Ports["health"]}");

    /// <summary>PostgreSQL's first process, and then its children.</summary>
    public IReadOnlyList<ProcessIdentity> DatabaseProcesses()
    {
        if (Postmaster.Find(Path.Combine(_folder.Postgres, "data")) is not { Process: var first })
            return [];
        return [first, .. ProcessTree.ChildrenOf(first.Pid)];
    }

    /// <inheritdoc cref="LocalCluster.TakeDatabaseAway"/>
    public Task<IDisposable> TakeDatabaseAway() => _cluster.TakeDatabaseAway();

    /// <summary>Stops all of it; its files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        await _cluster.Stop();
        _store.Update(known => known with { Up = null, Processes = ImmutableSortedDictionary<string, ProcessRecord>.Empty });
        _cluster.Dispose();
        _lock.Dispose();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"silo-{number}");
}
