using Polly;

namespace TravelHub.Api.Resilience;

/// <summary>The last gate before the dependency: a repeat that waited its turn while the breaker opened does not start any more.</summary>
internal sealed class PermitStrategy(Dependency dependency, Breaker breaker) : ResilienceStrategy
{
    protected override ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state) =>
        context.Properties.GetValue(BreakerPermit.Key, null) is { IsCurrent: false }
            ? ValueTask.FromResult(Outcome.FromException<TResult>(new BreakerOpenException(dependency, breaker.RetryAfter)))
            : callback(context, state);
}
