using Polly;

namespace TravelHub.Api.Resilience;

/// <summary>Brings a <see cref="Breaker"/> into a Polly pipeline. What is inside of it finds the call's permit in the context.</summary>
/// <param name="judge">What a failure says of the dependency; it is told whether the caller had gone.</param>
internal sealed class BreakerStrategy(Dependency dependency, Breaker breaker, Func<Exception, bool, CallVerdict> judge, ILogger logger)
    : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        if (breaker.TryEnter(out var retryAfter) is not { } permit)
            return Outcome.FromException<TResult>(new BreakerOpenException(dependency, retryAfter));

        context.Properties.Set(BreakerPermit.Key, permit);
        var verdict = CallVerdict.Unknown;
        var what = "";
        try
        {
            var outcome = await callback(context, state);
            verdict = outcome.Exception is { } e ? judge(e, context.CancellationToken.IsCancellationRequested) : CallVerdict.Answered;
            what = outcome.Exception?.GetType().Name ?? "";
            return outcome;
        }
        finally
        {
            if (breaker.Report(permit, verdict, what))
                logger.LogWarning("{Dependency} is left alone for a while: it failed repeatedly, at last with {Failure}", dependency, what);
        }
    }
}
