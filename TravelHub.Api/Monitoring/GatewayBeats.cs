using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using TravelHub.Api.Cluster;

namespace TravelHub.Api.Monitoring;

/// <summary>
/// The gateway's heartbeat: it asks itself over HTTP whether it lives, and tells the store so through the cluster. A gateway that runs and can't answer has no
/// heartbeat, nor has one whose way to the cluster is cut. That it can search is not asked: then each death of search would be the gateway's too.
/// </summary>
internal sealed class GatewayBeats(
    IServer server, IHostApplicationLifetime host, ClusterCalls cluster, IOptions<GatewayMonitoringOptions> options, TimeProvider time, ILogger<GatewayBeats> logger)
    : BackgroundService
{
    private const string Component = "gateway";

    private readonly MonitoringTurns _turns = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Started(stoppingToken);
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } bound)
            return;   // behind a server that has no address of its own there is nobody to ask
        var address = AskedAt(bound);
        using var http = NewClient(address, options.Value.Patience);
        while (true)
        {
            var isDone = await TryBeat(http, address, stoppingToken);
            await Task.Delay(isDone ? options.Value.BeatPeriod : options.Value.RetryPeriod, time, stoppingToken);
        }
    }

    /// <summary>Where the gateway is reached from its own machine, which it also is at every address at once.</summary>
    /// <param name="bound">Where the server says that it listens.</param>
    public static string AskedAt(string bound) => bound
        .Replace("//0.0.0.0", $"//{IPAddress.Loopback}", StringComparison.Ordinal).Replace("//[::]", $"//[{IPAddress.IPv6Loopback}]", StringComparison.Ordinal);

    /// <summary>Asks the gateway, whatever certificate it shows: that has the name by which others know it, not the address that is asked here.</summary>
    [SuppressMessage("Security", "CA5359", Justification = "What is to be proved is that the gateway lives, not who it is, and no secret is sent.")]
    public static HttpClient NewClient(string address, TimeSpan patience) => new(
        new SocketsHttpHandler { UseProxy = false, SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } })
    {
        BaseAddress = new Uri(address), Timeout = patience,
    };

    private async Task<bool> TryBeat(HttpClient http, string address, CancellationToken stoppingToken)
    {
        try
        {
            var start = time.GetTimestamp();
            using var answer = await http.GetAsync(new Uri("/health/live", UriKind.Relative), stoppingToken);
            answer.EnsureSuccessStatusCode();
            await Tell(address, time.GetElapsedTime(start), stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The gateway has no heartbeat: {Error}", e.Message);
            return false;
        }
    }

    // A call into the cluster may take much longer than a beat may be late: better it is given up, and another silo told.
    private async Task Tell(string address, TimeSpan took, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(options.Value.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stoppingToken);
        await cluster.Call(async grains =>
        {
            await _turns.Next(grains).Beat(Component, address, address, took);
            return true;
        }, either.Token);
    }

    private async Task Started(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = host.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(stoppingToken);
    }
}
