using Polly;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions;
using TravelHub.Grains.Abstractions.Reservations;

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

    // A refusal is no last word while another attempt may be carried out yet.
    private static bool IsRefusal<T>(T outcome) => outcome is ReservationOutcome.Refused or ReservationOutcome.NotFound;

    // Of these nothing goes on: it was never begun, or the log has refused it. A silo that is called dead may only have stood still.
    private static bool HasEnded(Exception e) => e is AppendRefusedException or LogOverloadedException or OrleansMessageRejectionException;

    private async ValueTask<T> Run<T>(ResiliencePipeline<object?> pipeline, Func<IGrainFactory, Task<T>> call, CancellationToken cancellationToken)
    {
        // Before the cluster was found there is nothing to fail: no breaker has to learn of it.
        if (!gate.IsOpen)
            throw new SiloUnavailableException("No silo has been found yet.");
        var underWay = 0;   // for all that is known: those too that got no answer
        T outcome;
        try
        {
            outcome = (T)(await pipeline.ExecuteAsync(Attempt, cancellationToken))!;
        }
        catch (LogOverloadedException) when (Volatile.Read(ref underWay) > 0)
        {
            throw new LogUnavailableException();   // one attempt did nothing; what became of the others it does not know
        }

        return IsRefusal(outcome) && Volatile.Read(ref underWay) > 0 ? throw new LogUnavailableException() : outcome;

        async ValueTask<object?> Attempt(CancellationToken token)
        {
            Interlocked.Increment(ref underWay);
            try
            {
                var answer = await call(cluster).WaitAsync(token);
                Interlocked.Decrement(ref underWay);
                return answer;
            }
            catch (Exception e) when (HasEnded(e))
            {
                Interlocked.Decrement(ref underWay);
                throw;
            }
        }
    }
}
