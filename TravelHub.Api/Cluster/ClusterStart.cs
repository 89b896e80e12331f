namespace TravelHub.Api.Cluster;

/// <summary>Connects in the background: a gateway that is started while the cluster is away answers from what it has.</summary>
internal sealed class ClusterStart(IHostedService client, ClusterGate gate, IHostApplicationLifetime host, ILogger<ClusterStart> logger)
    : IHostedService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _connecting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _connecting = Task.Run(Connect, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _connecting.WaitAsync(cancellationToken);
        if (gate.IsOpen)
            await client.StopAsync(cancellationToken);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task Connect()
    {
        try
        {
            await client.StartAsync(_stopping.Token);
            gate.Open();
        }
        catch (Exception e) when (!_stopping.IsCancellationRequested)
        {
            logger.LogCritical(e, "The cluster's client does not start");
            host.StopApplication();   // whoever supervises the gateway starts it again
        }
        catch (Exception e)
        {
            logger.LogDebug(e, "Stopped before the cluster was found");
        }
    }
}
