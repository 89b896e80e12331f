using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// Knows how long this silo has seen the store of the heartbeats without a gap. A silo that stood still has seen nothing meanwhile: that is a gap too, so
/// that a machine which wakes up accuses nobody. Heartbeats age by the time of day, and the clock that counts a silo's time stands still while a machine
/// sleeps: whichever of the two went further counts.
/// </summary>
internal sealed class StoreWatch(MonitoringStore store, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private long? _since;   // null while it is away
    private long _looked;
    private DateTimeOffset _lookedAt;

    public TimeSpan ReachableFor
    {
        get
        {
            lock (_gate)
                return _since is { } since && !IsGap() ? time.GetElapsedTime(since) : TimeSpan.Zero;
        }
    }

    /// <summary>Somebody has found the store away.</summary>
    public void Lost()
    {
        lock (_gate)
            _since = null;
    }

    /// <summary>A look at the store is over.</summary>
    public void Note(bool isThere)
    {
        lock (_gate)
        {
            if (!isThere)
                _since = null;
            else if (_since is null || IsGap())
                _since = time.GetTimestamp();
            (_looked, _lookedAt) = (time.GetTimestamp(), time.GetUtcNow());
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(options.Value.StorePeriod, time);
        do
            Note(await IsThere(stoppingToken));
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> IsThere(CancellationToken stoppingToken)
    {
        try
        {
            await store.Look(stoppingToken).WaitAsync(options.Value.Patience, time, stoppingToken);
            return true;
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("The store of the heartbeats is away: {Error}", e.Message);
            return false;
        }
    }

    private bool IsGap() => time.GetElapsedTime(_looked) > options.Value.Blink || time.GetUtcNow() - _lookedAt > options.Value.Blink;
}
