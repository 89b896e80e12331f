using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TravelHub.Grains.Monitoring;

/// <summary>
/// Knows how long this silo has seen the store of the heartbeats without a gap. A silo that stood still has seen nothing meanwhile: that is a gap too, so
/// that a machine which wakes up accuses nobody. Heartbeats age by the time of day, and the clock that counts a silo's time stands still while a machine
/// sleeps: whichever of the two went further counts. A time of day that was set, here or at the store, is a gap as well: by the new one all heartbeats may be too old,
/// and who lives needs time to beat again.
/// </summary>
internal sealed class StoreWatch(MonitoringStore store, IOptions<MonitoringOptions> options, TimeProvider time, ILogger<StoreWatch> logger) : BackgroundService
{
    private readonly Lock _gate = new();
    private long? _since;   // null while it is away
    private long _looked;
    private DateTimeOffset _lookedAt;
    private DateTimeOffset _storeTime;   // at the last look

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

    /// <summary>Somebody has seen the store.</summary>
    /// <param name="storeTime">What time it is there.</param>
    public void Seen(DateTimeOffset storeTime)
    {
        lock (_gate)
        {
            if (_since is null || IsGap() || IsGap(storeTime - _storeTime))
                _since = time.GetTimestamp();
            (_looked, _lookedAt, _storeTime) = (time.GetTimestamp(), time.GetUtcNow(), storeTime);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Enabled)
            return;
        using var timer = new PeriodicTimer(options.Value.StorePeriod, time);
        do
            await Look(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task Look(CancellationToken stoppingToken)
    {
        try
        {
            Seen(await store.Look(stoppingToken).WaitAsync(options.Value.Patience, time, stoppingToken));
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Lost();
            logger.LogDebug("The store of the heartbeats is away: {Error}", e.Message);
        }
    }

    private bool IsGap() => IsGap(time.GetElapsedTime(_looked)) || IsGap(time.GetUtcNow() - _lookedAt);

    private bool IsGap(TimeSpan went) => went.Duration() > options.Value.Blink;
}
