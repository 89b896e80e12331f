using System.Threading.RateLimiting;

namespace TravelHub.Api.Audit;

/// <summary>Keeps a client who knocks all day from filling the audit log: beyond a burst, refusals are counted, and the next row that is written tells how many.</summary>
internal sealed class RefusalLimit : IDisposable
{
    private const int Burst = 100;
    private const int PerSecond = 2;

    private readonly TokenBucketRateLimiter _bucket = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true,
    });

    private long _unwritten;

    /// <returns>How many refusals were not written before this one, which is to be; null when it is not.</returns>
    public long? TryTake()
    {
        using var lease = _bucket.AttemptAcquire();
        if (lease.IsAcquired)
            return Interlocked.Exchange(ref _unwritten, 0);
        Interlocked.Increment(ref _unwritten);
        return null;
    }

    public void Dispose() => _bucket.Dispose();
}
