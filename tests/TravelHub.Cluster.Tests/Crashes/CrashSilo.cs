using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using TravelHub.Client.Processes;
using TravelHub.Silo;
using TravelHub.Testing;

namespace TravelHub.Cluster.Tests.Crashes;

/// <summary>The silo's program, alone in a cluster of its own. It joins no dead silo's cluster, as after a cold start.</summary>
internal sealed class CrashSilo : IAsyncDisposable
{
    private const int KilledBySignal = 128 + 9;
    private const int MostTries = 3;

    private readonly string _clusterId = $"crash-{Guid.NewGuid():N}";
    private readonly string _connectionString;
    private readonly RunningProcess _process;
    private readonly string _log;
    private IHost? _client;

    private CrashSilo(string connectionString, PaymentSandboxFixture provider, string folder, IEnumerable<(string Name, string Value)> settings)
    {
        _connectionString = connectionString;
        _log = Path.Combine(folder, $"{_clusterId}.log");
        var ports = new HashSet<int>();
        while (ports.Count < 3)
            ports.Add(LoopbackPorts.Choose(_clusterId, ports));
        var text = ports.Select(p => p.ToString(CultureInfo.InvariantCulture)).ToArray();
        var environment = new Dictionary<string, string>
        {
            ["DOTNET_ENVIRONMENT"] = "Testing",
            ["ASPNETCORE_ENVIRONMENT"] = "Testing",
            ["DOTNET_TieredPGO"] = "0",
            ["ConnectionStrings__TravelHub"] = connectionString,
            ["TravelHub__ClusterId"] = _clusterId,
            ["TravelHub__SiloName"] = "silo-1",
            ["TravelHub__Roles"] = "",
            ["TravelHub__SiloPort"] = text[0],
            ["TravelHub__GatewayPort"] = text[1],
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{text[2]}",
            ["Payments__ProviderUrl"] = provider.Url.AbsoluteUri,
            ["Payments__ProviderKey"] = provider.Key,
            ["Quotes__SigningKey"] = Convert.ToBase64String(new byte[32]),
            ["Monitoring__Enabled"] = "false",   // only the test's own work comes to the failpoint
        };
        foreach (var (name, value) in settings)
            environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        var program = Path.Combine(AppContext.BaseDirectory, "TravelHub.Silo.dll");
        _process = RunningProcess.Launch(
            new ProcessPlan("silo-1", "dotnet", [program], environment, _log, new Dictionary<string, int>()), TimeProvider.System);
        Address = new Uri(environment["ASPNETCORE_URLS"]);
    }

    private Uri Address { get; }

    /// <summary>Returns once the silo serves; one that is armed may have died by then.</summary>
    public static async Task<CrashSilo> Start(
        string connectionString, PaymentSandboxFixture provider, string folder, IReadOnlyCollection<(string Name, string Value)> settings,
        CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var silo = new CrashSilo(connectionString, provider, folder, settings);
            using var noMore = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(Readiness.Wait(silo.Address, TimeProvider.System, noMore.Token), silo._process.Exited);
            await noMore.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (silo._process.Exited is not { IsCompletedSuccessfully: true, Result: not KilledBySignal })
                return silo;
            var log = await File.ReadAllTextAsync(silo._log, cancellationToken);
            // Between choosing a port and listening on it another test program may have taken it; the next silo has others.
            if (tries == MostTries || !log.Contains("Address already in use", StringComparison.Ordinal))
                throw new InvalidOperationException($"The silo did not start. It says: {log}");
            await silo.DisposeAsync();
        }
    }

    /// <summary>The silo as its clients see it.</summary>
    public async Task<IGrainFactory> Connect(CancellationToken cancellationToken)
    {
        _client = new HostBuilder()
            .UseOrleansClient(client => client
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", _connectionString))
                .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (_clusterId, PostgresCluster.ServiceId))
                .UseConnectionRetryFilter(RetryWhileItLives))
            .Build();
        await _client.StartAsync(cancellationToken);
        return _client.Services.GetRequiredService<IClusterClient>();
    }

    /// <summary>Returns once the silo has killed itself.</summary>
    /// <exception cref="InvalidOperationException">It ended in another way, or lives on: the failpoint never fired.</exception>
    public async Task Died(TimeSpan patience)
    {
        int? exitCode;
        try
        {
            exitCode = await _process.Exited.WaitAsync(patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The failpoint never fired. The silo says: {await File.ReadAllTextAsync(_log)}");
        }

        if (exitCode != KilledBySignal)
            throw new InvalidOperationException($"The silo ended with {exitCode}. It says: {await File.ReadAllTextAsync(_log)}");
    }

    private async Task<bool> RetryWhileItLives(Exception exception, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        return !_process.Exited.IsCompleted;
    }

    public async ValueTask DisposeAsync()
    {
        // A client that lost its silo would look for another one.
        _client?.Dispose();
        await _process.Stop(TimeSpan.Zero);
    }
}
