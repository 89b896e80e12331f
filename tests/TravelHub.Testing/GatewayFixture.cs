using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Npgsql;
using TravelHub.Api;
using TravelHub.Client.EventLog;
using TravelHub.Client.Processes;
using TravelHub.Silo;
using Xunit;

namespace TravelHub.Testing;

/// <summary>The whole service as HTTP sees it: the gateway on a port of its own, and behind it a silo, the database and the provider.</summary>
public sealed class GatewayFixture : IAsyncLifetime
{
    private const string ClusterId = "api-tests";

    private readonly PostgresFixture _postgres = new();
    private readonly TemporaryFolder _intake = new();
    private WebApplication? _silo;
    private WebApplication? _gateway;
    private string[] _siloArguments = [];
    private string _appConnectionString = "";

    public PaymentSandboxFixture Provider { get; } = new();

    /// <summary>Settings of the gateway in place of its defaults, such as <c>--Breaker:BreakDuration=00:00:01</c>.</summary>
    public IReadOnlyList<string> GatewaySettings { get; init; } = [];

    /// <summary>Settings of the silo in place of its defaults; it has no roles by default.</summary>
    public IReadOnlyList<string> SiloSettings { get; init; } = [];

    /// <summary>The database as its owner reaches it; silos and gateway have lesser rights.</summary>
    public string ConnectionString { get; private set; } = "";

    /// <summary>Where the silo tells of itself.</summary>
    public Uri SiloAddress => new(_silo!.Urls.First());

    /// <summary>Sends without a key.</summary>
    public HttpClient Anyone { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public HttpClient Operator { get; private set; } = null!;

    public HttpClient Researcher { get; private set; } = null!;

    /// <summary>The gateway that answers now.</summary>
    public IServiceProvider Gateway => _gateway!.Services;

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(_postgres.InitializeAsync().AsTask(), Provider.InitializeAsync().AsTask());
        ConnectionString = await _postgres.NewTravelHubDatabase("api", CancellationToken.None);
        _appConnectionString = await PostgresFixture.ForApp(ConnectionString, CancellationToken.None);
        var siloPort = LoopbackPorts.Choose(ConnectionString, new HashSet<int>());
        var gatewayPort = LoopbackPorts.Choose(ConnectionString, new HashSet<int> { siloPort });
        _siloArguments =
        [
            .. InCluster(), "--TravelHub:SiloName=silo-1",
            $"--TravelHub:SiloPort={siloPort.ToString(CultureInfo.InvariantCulture)}",
            $"--TravelHub:GatewayPort={gatewayPort.ToString(CultureInfo.InvariantCulture)}",
            $"--Payments:ProviderUrl={Provider.Url}", $"--Payments:ProviderKey={Provider.Key}",
            $"--Quotes:SigningKey={Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}",
            "--TravelHub:Roles=", .. SiloSettings,
        ];
        await StartSilo();
        await StartGateway();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await Readiness.Wait(Anyone.BaseAddress!, TimeProvider.System, patience.Token);
    }

    /// <summary>The cluster is there, again.</summary>
    public async Task StartSilo()
    {
        _silo = SiloHost.Build(_siloArguments);
        await _silo.StartAsync();
    }

    /// <summary>A silo beside the first, which the caller disposes of.</summary>
    public async Task<WebApplication> StartAnotherSilo(string name)
    {
        var ports = new HashSet<int>();
        while (ports.Count < 2)
            ports.Add(LoopbackPorts.Choose(ConnectionString + name, ports));
        var (siloPort, gatewayPort) = (ports.First(), ports.Last());
        var silo = SiloHost.Build(
        [
            .. _siloArguments.Where(a => !a.StartsWith("--TravelHub:Silo", StringComparison.Ordinal) && !a.StartsWith("--TravelHub:GatewayPort", StringComparison.Ordinal)),
            $"--TravelHub:SiloName={name}", FormattableString.Invariant($"--TravelHub:SiloPort={siloPort}"), FormattableString.Invariant($"--TravelHub:GatewayPort={gatewayPort}"),
        ]);
        await silo.StartAsync();
        return silo;
    }

    /// <summary>Takes the whole cluster away; the gateway stays.</summary>
    public async Task StopSilo()
    {
        await _silo!.StopAsync();
        await _silo.DisposeAsync();
        _silo = null;
    }

    /// <summary>Another gateway on the folder of the one before, at another address.</summary>
    public async Task RestartGateway()
    {
        await StopGateway();
        await StartGateway();
    }

    /// <summary>A second gateway of the same cluster; the caller disposes of it.</summary>
    public async Task<WebApplication> StartAnotherGateway()
    {
        var another = GatewayHost.Build([.. InCluster(), "--Keys:Operator=operator-key", .. GatewaySettings]);
        await another.StartAsync();
        return another;
    }

    /// <summary>What a look at the whole log finds broken.</summary>
    public async Task<IReadOnlyList<string>> BrokenInTheLog(CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        var report = await new LogVerification(database, TimeProvider.System).Run(_ => { }, cancellationToken);
        return [.. report.First.Select(broken => $"{broken.Stream} {broken.Version}: {broken.Why}")];
    }

    /// <summary>Runs SQL as the database's owner.</summary>
    /// <returns>The first column of the first row.</returns>
    public async Task<object?> Sql(string sql, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(ConnectionString);
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    /// <summary>A property in a destination of its own, with room types STD (120.00 a night) and SUP (150.00).</summary>
    public async Task<string> NewProperty(int rooms, CancellationToken cancellationToken, string? destination = null)
    {
        var id = $"casa-{Guid.NewGuid():N}";
        var answer = await Operator.PutAsJsonAsync($"/v1/properties/{id}", new
        {
            name = "Casa",
            destination = destination ?? id,
            timeZone = "Europe/Lisbon",
            currency = "EUR",
            bookableDaysAhead = 3_650,
            roomTypes = new[]
            {
                new { code = "STD", sleeps = 2, rooms, nightlyMinor = 12_000 },
                new { code = "SUP", sleeps = 2, rooms, nightlyMinor = 15_000 },
            },
        }, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await StopGateway();
        if (_silo is not null)
            await StopSilo();
        await Provider.DisposeAsync();
        await _postgres.DisposeAsync();
        _intake.Dispose();
    }

    private async Task StartGateway()
    {
        _gateway = GatewayHost.Build(
            [.. InCluster(), "--Keys:Client=client-key", "--Keys:Operator=operator-key", "--Keys:Researcher=researcher-key", $"--Intake:Folder={_intake.Path}", .. GatewaySettings]);
        await _gateway.StartAsync();
        Anyone = new HttpClient { BaseAddress = new Uri(_gateway.Urls.First()) };
        Client = WithKey("client-key");
        Operator = WithKey("operator-key");
        Researcher = WithKey("researcher-key");
    }

    private async Task StopGateway()
    {
        foreach (var sender in new[] { Anyone, Client, Operator, Researcher })
            sender?.Dispose();
        if (_gateway is not null)
        {
            await _gateway.StopAsync();
            await _gateway.DisposeAsync();
        }

        _gateway = null;
    }

    private string[] InCluster() =>
        ["--urls=http://127.0.0.1:0", $"--ConnectionStrings:TravelHub={_appConnectionString}", $"--TravelHub:ClusterId={ClusterId}"];

    /// <summary>Sends with this key.</summary>
    public HttpClient WithKey(string key)
    {
        var sender = new HttpClient { BaseAddress = Anyone.BaseAddress };
        sender.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return sender;
    }
}
