using TravelHub.Api.Cluster;
using TravelHub.Api.Resilience;
using TravelHub.Grains.Abstractions.Analytics;

namespace TravelHub.Api.Analytics;

/// <summary>Asks for figures, and takes no for an answer: no breaker, no repeats, nothing kept.</summary>
internal sealed class AnalyticsReads(IGrainFactory cluster, ClusterGate gate, TimeProvider time)
{
    // Above the time that the database gives a question.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>The answer, or why there is none.</returns>
    public async Task<(T? Answer, string Why)> Ask<T>(Func<IAnalyticsGrain, Task<T>> question, CancellationToken cancellationToken) where T : class
    {
        if (!gate.IsOpen)
            return (null, "No silo has been found yet.");
        try
        {
            return (await question(cluster.GetGrain<IAnalyticsGrain>(0)).WaitAsync(Patience, time, cancellationToken), "");
        }
        catch (AnalyticsAwayException e)
        {
            return (null, e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && ClusterFailure.IsUnavailable(e))
        {
            return (null, "The silo with this role does not answer.");
        }
    }
}
