using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using TravelHub.Api.Access;

namespace TravelHub.Api.Limits;

/// <summary>A bucket of requests for each caller, refilled ten times a second.</summary>
internal sealed class CallerLimits : IDisposable
{
    private static readonly TimeSpan RefillPeriod = TimeSpan.FromMilliseconds(100);

    private readonly LimitOptions _options;
    private readonly PartitionedRateLimiter<HttpContext> _buckets;

    public CallerLimits(IOptions<LimitOptions> options)
    {
        _options = options.Value;
        _buckets = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(CallerOf(context), _ => Bucket()));
    }

    public bool TryTake(HttpContext context)
    {
        using var lease = _buckets.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    /// <summary>What the caller may send: <c>q</c> requests in <c>w</c> seconds; <c>r</c> are left, and more after <c>t</c> seconds.</summary>
    public void Tell(HttpContext context)
    {
        var left = _buckets.GetStatistics(context)?.CurrentAvailablePermits ?? 0;
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"caller\";q={_options.RequestsPerSecond};w=1");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"caller\";r={left};t=1");
    }

    public void Dispose() => _buckets.Dispose();

    public static string CallerOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? context.User.Owner() : $"address {context.Connection.RemoteIpAddress}";

    private TokenBucketRateLimiterOptions Bucket()
    {
        // A low rate is refilled one by one, a high one in tenths.
        var perTenth = _options.RequestsPerSecond / 10;
        return new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(_options.Burst, 1),
            TokensPerPeriod = Math.Max(perTenth, 1),
            ReplenishmentPeriod = perTenth > 0 ? RefillPeriod : TimeSpan.FromSeconds(1) / _options.RequestsPerSecond,
            AutoReplenishment = true,
        };
    }
}
