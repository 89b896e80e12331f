using Polly;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Cluster;

/// <summary>
/// Calls into the cluster. Each can be repeated by its id, so a call that meets a silo on its way out, or an activation that has been
/// replaced, is repeated here and not by the caller. A call that a silo took with it when it died gets no answer at all: it is asked a
/// second time beside the first, and joins the same work if that still goes on.
/// </summary>
internal sealed class ClusterCalls(IGrainFactory cluster, ClusterGate gate, DependencyPipelines dependencies)
{
    /// <summary>For operators and health, who are told the plain truth: no breaker, and up to 20 s.</summary>
    public ValueTask<T> Call<T>(Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken) => Run(dependencies.Plain, call, cancellationToken);

    /// <summary>A question that changes nothing.</summary>
    /// <exception cref="Exception">When <see cref="ClusterFailure.IsNoAnswer"/>, there is no answer to be had now.</exception>
    public ValueTask<T> Read<T>(Dependency dependency, Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken) =>
        Run(dependencies.ForReads(dependency), call, cancellationToken);

    /// <summary>A command; it is best given no token of who may go away, so that its outcome is not left to chance.</summary>
    /// <exception cref="Exception">When <see cref="ClusterFailure.IsUnavailable"/>, it may or may not have been carried out.</exception>
    public ValueTask<T> Write<T>(Dependency dependency, Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken = default) =>
        Run(dependencies.ForWrites(dependency), call, cancellationToken);

    private async ValueTask<T> Run<T>(ResiliencePipeline<object?> pipeline, Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken)
    {
        // Before the cluster was found there is nothing to fail: no breaker has to learn of it.
        if (!gate.IsOpen)
            throw new SiloUnavailableException("No silo has been found yet.");
        var attempts = 0;
        try
        {
            return (T)(await pipeline.ExecuteAsync(
                async token =>
                {
                    Interlocked.Increment(ref attempts);
                    return (object?)await call(cluster).WaitAsync(token);
                }, cancellationToken))!;
        }
        catch (LogOverloadedException) when (Volatile.Read(ref attempts) > 1)
        {
            throw new LogUnavailableException();   // one attempt did nothing; what became of the others it does not know
        }
    }
}
