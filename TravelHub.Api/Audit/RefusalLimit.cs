using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Audit;

/// <summary>Keeps a client who knocks all day from filling the audit log: beyond a burst, refusals are counted, and the next row that is written tells how many.</summary>
internal sealed class RefusalLimit(IOptions<AuditOptions> options) : IDisposable
{
    private readonly TokenBucketRateLimiter _bucket = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.Value.RefusalBurst, TokensPerPeriod = options.Value.RefusalsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), AutoReplenishment = true,
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

    /// <summary>The row that <see cref="TryTake"/> allowed was not written after all, and neither was what it would have told.</summary>
    public void GiveBack(long unwritten) => Interlocked.Add(ref _unwritten, unwritten + 1);

    public void Dispose() => _bucket.Dispose();
}
