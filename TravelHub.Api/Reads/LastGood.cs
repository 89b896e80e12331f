using Microsoft.Extensions.Options;
using TravelHub.Api.Resilience;
using ZiggyCreatures.Caching.Fusion;

namespace TravelHub.Api.Reads;

/// <summary>
/// Answers from the cluster, or from the last good answer when there is none in time. One question at a time is asked under a key, whoever
/// waits for it; one that takes too long goes on in the background.
/// </summary>
internal sealed class LastGood(IFusionCache cache, DependencyPipelines dependencies, IOptions<ReadOptions> options, TimeProvider time)
{
    private const int RatesAnEntry = 400;

    // Own data is read at once, never from a cache; what a restart or another gateway knows of it does not matter.
    private readonly FusionCacheEntryOptions _own = cache.CreateEntryOptions(o => o
        .SetDuration(options.Value.CacheFor).SetAllowStaleOnReadOnly(true).SetSkipDistributedCache(true, true));

    /// <summary>How many entries of <see cref="ReadOptions.MostEntries"/> an answer counts for.</summary>
    /// <param name="nightlyRates">How many it holds; what stands beside them is counted as so many of them as take the same room.</param>
    public static int EntriesOf(int nightlyRates) => 1 + (nightlyRates / RatesAnEntry);

    /// <summary>What anyone may see. It may be up to <see cref="ReadOptions.FreshFor"/> old without being called stale.</summary>
    /// <param name="size">How many entries it counts for; one if left out.</param>
    /// <returns>Null when the cluster does not answer and never has.</returns>
    public async ValueTask<Reading<T>?> Shared<T>(string key, Dependency dependency, Func<Task<T>> ask, Func<T, int>? size = null)
    {
        var now = time.GetUtcNow();
        try
        {
            var kept = await cache.GetOrSetAsync<Kept<T>>(key, async (asking, _) =>
            {
                var asOf = time.GetUtcNow();
                var value = await ask();
                if (value is null)
                    asking.Options.SetFailSafe(isEnabled: false);   // that there is none is no good answer to give later, and must not push out those that are
                else if (size is not null)
                    asking.Options.SetSize(size(value));   // the options of this one answer
                return new Kept<T>(value, asOf);
            });
            return Read(kept, now, dependency);
        }
        catch (Exception e) when (!options.Value.IsDirect && ClusterFailure.IsNoAnswer(e))
        {
            return null;
        }
    }

    /// <summary>What only its owner sees: asked anew each time, and remembered for when that fails.</summary>
    /// <inheritdoc cref="Shared" path="/param"/>
    /// <inheritdoc cref="Shared" path="/returns"/>
    public async ValueTask<Reading<T>?> Own<T>(string key, Dependency dependency, Func<Task<T>> ask, Func<T, int>? size = null)
    {
        var now = time.GetUtcNow();
        try
        {
            var kept = new Kept<T>(await ask(), now);
            if (kept.Value is not null)
                await cache.SetAsync(key, kept, size is null ? _own : _own.Duplicate().SetSize(size(kept.Value)));
            return Read(kept, now, dependency);
        }
        catch (Exception e) when (!options.Value.IsDirect && ClusterFailure.IsNoAnswer(e))
        {
            var found = await cache.TryGetAsync<Kept<T>>(key, _own);
            return found.HasValue ? new Reading<T>(found.Value.Value, found.Value.AsOf, ReadSource.Stale, Degraded: true) : null;
        }
    }

    /// <summary>Asks anew next time: something has changed that the answer tells of.</summary>
    public ValueTask Forget(string key) => cache.ExpireAsync(key);

    private Reading<T> Read<T>(Kept<T> kept, DateTimeOffset now, Dependency dependency)
    {
        var source = kept.AsOf >= now ? ReadSource.Live
            : time.GetUtcNow() - kept.AsOf <= options.Value.FreshFor ? ReadSource.Cache
            : ReadSource.Stale;
        return new Reading<T>(kept.Value, kept.AsOf, source, source == ReadSource.Stale || dependencies.Breaker(dependency).IsTroubled);
    }
}
