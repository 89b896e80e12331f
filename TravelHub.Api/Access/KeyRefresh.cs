using Microsoft.Extensions.Options;

namespace TravelHub.Api.Access;

/// <summary>Keeps the ring at the database's word: what has changed every two seconds, all of it every minute.</summary>
internal sealed class KeyRefresh(KeyStore store, KeyRing ring, IOptions<KeyOptions> options, TimeProvider time, ILogger<KeyRefresh> logger)
    : BackgroundService
{
    // A change's time is that of its statement, and it is seen when it is committed.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AllEvery = TimeSpan.FromMinutes(1);

    private DateTimeOffset? _readUntil;
    private long? _readAllTimestamp;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Read(stoppingToken);
            await Task.Delay(options.Value.RefreshEvery, time, stoppingToken);
        }
    }

    private async Task Read(CancellationToken cancellationToken)
    {
        try
        {
            var isAll = _readAllTimestamp is not { } last || time.GetElapsedTime(last) >= AllEvery;
            var (now, keys) = await store.ChangedSince(isAll ? DateTimeOffset.MinValue : _readUntil!.Value - Overlap, cancellationToken);
            ring.Learn(keys);
            ring.WasRead(isAll ? keys : null);
            _readUntil = now;
            if (isAll)
                _readAllTimestamp = time.GetTimestamp();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever it is: an error that got out of here would end the gateway.
            if (!ring.IsBlind || _readAllTimestamp is null)
                logger.LogWarning("The API keys cannot be read; those that are known are taken for {TrustFor}: {Error}", options.Value.TrustFor, e.Message);
            ring.WasNotRead();
        }
    }
}
