using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Caching.StackExchangeRedis;
using Microsoft.Extensions.Options;
using ZiggyCreatures.Caching.Fusion;

namespace TravelHub.Api.Reads;

/// <summary>Registers the cache of last good answers.</summary>
internal static class GatewayReads
{
    // A shared cache that is slow or dead must hardly be felt.
    private static readonly TimeSpan SharedSoftTimeout = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SharedHardTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SharedPause = TimeSpan.FromSeconds(5);

    /// <summary>Options come from the section <c>Reads</c> and are checked at start. With <c>Reads:Redis</c>, answers are shared through it.</summary>
    public static WebApplicationBuilder AddReads(this WebApplicationBuilder builder)
    {
        builder.Logging.AddFilter("ZiggyCreatures.Caching", LogLevel.Critical);   // a failed question is the breaker's to tell
        builder.Services.AddOptions<ReadOptions>().BindConfiguration("Reads").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<LastGood>();
        builder.Services.AddSingleton(services => Create(
            services.GetRequiredService<IOptions<ReadOptions>>().Value, Shared(services), services.GetRequiredService<ILogger<FusionCache>>()));
        return builder;
    }

    public static IFusionCache Create(ReadOptions options, IDistributedCache? shared, ILogger<FusionCache>? logger)
    {
        var entry = new FusionCacheEntryOptions(options.CacheFor)
        {
            Size = 1,
            EagerRefreshThreshold = 0.5f,
            IsFailSafeEnabled = !options.IsDirect,
            FailSafeMaxDuration = options.KeepFor,
            FailSafeThrottleDuration = options.CacheFor,
            FactorySoftTimeout = options.IsDirect ? Timeout.InfiniteTimeSpan : options.Patience,
            AllowTimedOutFactoryBackgroundCompletion = true,
            DistributedCacheSoftTimeout = SharedSoftTimeout,
            DistributedCacheHardTimeout = SharedHardTimeout,
            AllowBackgroundDistributedCacheOperations = true,
        };
        var cache = new FusionCache(
            new FusionCacheOptions
            {
                DefaultEntryOptions = entry,
                DisableTagging = true,
                ReThrowOriginalExceptions = true,
                DistributedCacheCircuitBreakerDuration = SharedPause,
                CacheKeyPrefix = "travelhub:1:",   // the number grows with the form of what is kept
            },
            new MemoryCache(new MemoryCacheOptions { SizeLimit = options.MostEntries }), logger);
        if (shared is not null)
            cache.SetupDistributedCache(shared, new CacheJson());
        return cache;
    }

    private static RedisCache? Shared(IServiceProvider services) =>
        services.GetRequiredService<IOptions<ReadOptions>>().Value.Redis is { Length: > 0 } redis
            ? new RedisCache(new RedisCacheOptions { Configuration = $"{redis},abortConnect=false,connectTimeout=1000" })
            : null;
}
