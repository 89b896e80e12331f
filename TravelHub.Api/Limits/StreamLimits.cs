using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace TravelHub.Api.Limits;

/// <summary>How many streams are open at a time, of one caller and of all: they last, so they may not take the places of requests that are answered.</summary>
internal sealed class StreamLimits(IOptions<LimitOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(
            context => RateLimitPartition.GetConcurrencyLimiter(CallerLimits.CallerOf(context), _ => Places(options.Value.StreamsPerCaller))),
        PartitionedRateLimiter.Create<HttpContext, int>(_ => RateLimitPartition.GetConcurrencyLimiter(0, _ => Places(options.Value.MostStreams))));

    /// <returns>Holds the place until it is disposed of.</returns>
    public RateLimitLease Take(HttpContext context) => _places.AttemptAcquire(context);

    public void Dispose() => _places.Dispose();

    private static ConcurrencyLimiterOptions Places(int number) => new() { PermitLimit = number, QueueLimit = 0 };
}
