using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TravelHub.Grains.Abstractions.Monitoring;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// The heartbeats that one silo writes: its own, and one for each component that it has seen at work. A component lives as long as any silo sees it
/// work. What fails is tried again at once, so that beats are back right after the store is.
/// </summary>
internal sealed class ComponentBeats(
    MonitoringStore store, ComponentProbes probes, IGrainFactory grains, ILocalSiloDetails silo, IOptions<MonitoringOptions> options, TimeProvider time,
    ILogger<ComponentBeats> logger) : BackgroundService
{
    private static readonly TimeSpan ForgetPeriod = TimeSpan.FromHours(1);

    private readonly TaskCompletionSource _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The silo has joined the cluster: from now on it can be called.</summary>
    public void Begin() => _joined.TrySetResult();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        await _joined.Task.WaitAsync(stoppingToken);
        await Task.WhenAll(
        [
            Arrange(stoppingToken),
            Keep(silo.Name, () => Task.CompletedTask, silo.SiloAddress.ToParsableString(), stoppingToken),
            .. probes.Components.Select(component => Keep(component, () => probes.Exercise(component), address: null, stoppingToken)),
            Forget(stoppingToken),
        ]);
    }

    private async Task Keep(string component, Func<Task> exercise, string? address, CancellationToken stoppingToken)
    {
        for (var wasDone = false; ;)
        {
            var isDone = await TryBeat(component, exercise, address, stoppingToken);
            if (isDone && !wasDone)
                grains.GetGrain<IMonitorGrain>(component).Check().Ignore();   // that it is back is good news, which need not wait
            wasDone = isDone;
            await Task.Delay(isDone ? options.Value.BeatPeriod : options.Value.StorePeriod, time, stoppingToken);
        }
    }

    private async Task<bool> TryBeat(string component, Func<Task> exercise, string? address, CancellationToken stoppingToken)
    {
        try
        {
            var start = time.GetTimestamp();
            await exercise();
            await store.Beat(component, Detector.Heartbeat, silo.Name, time.GetElapsedTime(start), address, stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Component {Component} has no heartbeat: {Error}", component, e.Message);
            return false;
        }
    }

    // The monitors' reminders are permanent; what can't be arranged now is arranged a little later.
    private async Task Arrange(CancellationToken stoppingToken)
    {
        foreach (var component in probes.Components.Concat([ComponentProbes.Gateway, silo.Name]))
        {
            while (!await TryArrange(component, stoppingToken))
                await Task.Delay(options.Value.StorePeriod, time, stoppingToken);
        }
    }

    private async Task<bool> TryArrange(string component, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IMonitorGrain>(component).Start();
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogWarning("The monitor of {Component} could not be started; it is tried again: {Error}", component, e.Message);
            return false;
        }
    }

    private async Task Forget(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ForgetPeriod, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.Forget(options.Value.DetectionsKept, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("Old detections could not be deleted; it is tried again: {Error}", e.Message);
            }
        }
    }
}
