using Polly;
using Polly.Retry;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Cluster;

/// <summary>
/// Calls into the cluster. Each can be repeated by its id, so a call that meets a silo on its way out, or an activation that has been
/// replaced, is repeated here and not by the caller.
/// </summary>
internal sealed class ClusterCalls(IClusterClient cluster)
{
    private readonly ResiliencePipeline _retry = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder()
                .Handle<AppendRefusedException>()
                .Handle<LogUnavailableException>()
                .Handle<OrleansMessageRejectionException>()
                .Handle<SiloUnavailableException>(),
            MaxRetryAttempts = 6,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(1),
        })
        .Build();

    public ValueTask<T> Call<T>(Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken) => _retry.ExecuteAsync(
        static async (state, token) => await state.call(state.cluster).WaitAsync(token), (call, cluster), cancellationToken);
}
