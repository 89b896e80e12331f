using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Runtime.Messaging;
using Polly;
using Polly.Hedging;
using Polly.Retry;
using TravelHub.Grains.Abstractions;

namespace TravelHub.Api.Resilience;

/// <summary>
/// A pipeline for each dependency, from the outside: breaker, time-out, repeats, a second question beside a silent first, and the permit once more. What
/// repeats, asks its permit first, and again when its turn has come: once the breaker has opened, no call that began before reaches for the dependency again.
/// </summary>
internal sealed class DependencyPipelines
{
    private static readonly TimeSpan PlainTimeout = TimeSpan.FromSeconds(20);

    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly bool _isOff;
    private readonly Breaker[] _breakers;
    private readonly ResiliencePipeline<object?>[] _reads;
    private readonly ResiliencePipeline<object?>[] _writes;

    public DependencyPipelines(
        IOptions<BreakerOptions> breaker, IOptions<CallOptions> calls, TimeProvider time, ILogger<DependencyPipelines>? logger = null)
    {
        var o = calls.Value;
        var all = Enum.GetValues<Dependency>();
        _time = time;
        _logger = logger ?? NullLogger<DependencyPipelines>.Instance;
        _isOff = breaker.Value.IsOff;
        _breakers = [.. all.Select(_ => new Breaker(breaker.Value, time))];
        _reads = [.. all.Select(d => Build(d, o.ReadTimeout, o.ReadRetryFor, o.ReadAskedAgainAfter, isProbeRepeated: false))];
        _writes = [.. all.Select(d => Build(d, o.WriteTimeout, o.WriteRetryFor, o.WriteAskedAgainAfter))];
        Plain = Build(null, PlainTimeout, PlainTimeout, o.WriteAskedAgainAfter);
    }

    /// <summary>Without a breaker.</summary>
    public ResiliencePipeline<object?> Plain { get; }

    public Breaker Breaker(Dependency dependency) => _breakers[(int)dependency];

    public ResiliencePipeline<object?> ForReads(Dependency dependency) => _reads[(int)dependency];

    public ResiliencePipeline<object?> ForWrites(Dependency dependency) => _writes[(int)dependency];

    private ResiliencePipeline<object?> Build(Dependency? dependency, TimeSpan timeout, TimeSpan retryFor, TimeSpan askedAgainAfter, bool isProbeRepeated = true)
    {
        var builder = new ResiliencePipelineBuilder<object?> { TimeProvider = _time };
        if (dependency is { } d && !_isOff)
            builder.AddStrategy(_ => new BreakerStrategy(d, Breaker(d), ClusterFailure.Judge, _logger));
        builder
            .AddTimeout(timeout)
            .AddRetry(new RetryStrategyOptions<object?>
            {
                ShouldHandle = args => ValueTask.FromResult(IsWorthARepeat(args.Outcome.Exception) && (isProbeRepeated || !IsProbe(args.Context)) && MayRepeat(args.Context, retryFor)),
                MaxRetryAttempts = int.MaxValue,   // until the time is up
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(50),
                MaxDelay = TimeSpan.FromSeconds(1),
            })
            .AddHedging(new HedgingStrategyOptions<object?>
            {
                ShouldHandle = static _ => PredicateResult.False(),   // an answer or an error ends it; only silence is asked again
                MaxHedgedAttempts = 2,
                Delay = askedAgainAfter,
                ActionGenerator = args => MayRepeat(args.PrimaryContext, timeout) ? () => args.Callback(args.ActionContext) : null,
            });
        if (dependency is { } last && !_isOff)
            builder.AddStrategy(_ => new PermitStrategy(last, Breaker(last)));
        return builder.Build();
    }

    private static bool IsWorthARepeat(Exception? e) => e is AppendRefusedException or LogUnavailableException or OrleansMessageRejectionException
        or SiloUnavailableException or ConnectionFailedException;

    // Who reads has an answer of before, and would wait for it as long as a probe goes on; a write waits for the cluster in any case.
    private static bool IsProbe(ResilienceContext context) => context.Properties.GetValue(BreakerPermit.Key, null) is { IsProbe: true };

    private bool MayRepeat(ResilienceContext context, TimeSpan within) => context.Properties.GetValue(BreakerPermit.Key, null) is not { } permit
        || (permit.IsCurrent && _time.GetElapsedTime(permit.StartedAt) < within);
}
