using Polly;
using Polly.Hedging;
using Polly.Retry;
using Polly.Timeout;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Cluster;

/// <summary>
/// Calls into the cluster. Each can be repeated by its id, so a call that meets a silo on its way out, or an activation that has been
/// replaced, is repeated here and not by the caller. A call that a silo took with it when it died gets no answer at all: it is asked a
/// second time beside the first, and joins the same work if that still goes on. All of it ends within 20 s.
/// </summary>
internal sealed class ClusterCalls(IGrainFactory cluster, TimeProvider time)
{
    // Longer than a silo's death takes to be known, so that the second call goes elsewhere.
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ResiliencePipeline<object?> _calls = new ResiliencePipelineBuilder<object?> { TimeProvider = time }
        .AddTimeout(Patience)
        .AddRetry(new RetryStrategyOptions<object?>
        {
            ShouldHandle = new PredicateBuilder<object?>()
                .Handle<AppendRefusedException>()
                .Handle<LogUnavailableException>()
                .Handle<OrleansMessageRejectionException>()
                .Handle<SiloUnavailableException>(),
            MaxRetryAttempts = int.MaxValue,   // until the time-out
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(50),
            MaxDelay = TimeSpan.FromSeconds(1),
        })
        .AddHedging(new HedgingStrategyOptions<object?>
        {
            ShouldHandle = static _ => PredicateResult.False(),   // an answer or an error ends it; only silence is asked again
            MaxHedgedAttempts = 2,
            Delay = AskedAgainAfter,
        })
        .Build();

    /// <summary>Whether this says that the cluster gave no answer: what was asked may or may not have been done.</summary>
    public static bool IsNoAnswer(Exception exception) => exception is
        AppendRefusedException or LogUnavailableException or LogOverloadedException or TimeoutException or TimeoutRejectedException or OrleansException;

    public async ValueTask<T> Call<T>(Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken) => (T)(await _calls.ExecuteAsync(
        static async (state, token) => (object?)await state.call(state.cluster).WaitAsync(token), (call, cluster), cancellationToken))!;
}
