using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Operations;

namespace TravelHub.Grains.Monitoring;

/// <summary>Puts together what the detectors have on record.</summary>
[StatelessWorker]
internal sealed class MonitoringGrain(
    MonitoringStore store, StoreWatch watch, ComponentProbes probes, SiloWishes wishes, IOptions<MonitoringOptions> options) : Grain, IMonitoringGrain
{
    public async Task Beat(string component, string source, string address, TimeSpan took)
    {
        await store.Beat(component, Detector.Heartbeat, source, took, address);
        GrainFactory.GetGrain<IMonitorGrain>(component).Check().Ignore();   // so that one that is back is known to be
    }

    public async Task<ImmutableArray<ComponentView>> Components()
    {
        var (asked, heard, wished) = (store.Beliefs(), store.LastSeen(), wishes.Away());
        await Task.WhenAll(asked, heard, wished);
        var (beliefs, seen, away) = (await asked, await heard, await wished);
        return
        [
            .. probes.Components.Append(ComponentProbes.Gateway).Concat(beliefs.Keys.Select(k => k.Component)).Concat(seen.Keys.Select(k => k.Component))
                .Distinct().Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    ImmutableArray<BeliefView> all = [.. Detector.All.Select(detector => Belief(name, detector))];
                    return new ComponentView(name, away.Contains(name) ? ComponentState.Away : Sum(all), all);
                }),
        ];

        BeliefView Belief(string component, string detector) => new(
            detector,
            beliefs.TryGetValue((component, detector), out var belief) ? belief.State : ComponentState.Unknown,
            beliefs.ContainsKey((component, detector)) ? belief.Since : null,
            seen.TryGetValue((component, detector), out var at) ? at : null);
    }

    public Task<ImmutableArray<DetectorView>> Detectors()
    {
        var o = options.Value;
        var isPaused = !DetectorMachine.MayAccuse(new Reading(null, watch.ReachableFor), o);
        return Task.FromResult(ImmutableArray.Create(
            new DetectorView(Detector.Heartbeat, o.CheckPeriod, o.StaleAfter + o.CheckPeriod, isPaused),
            new DetectorView(Detector.Ping, o.PingPeriod, o.PingPeriod + o.EchoMissedAfter, isPaused),
            new DetectorView(Detector.Membership, TimeSpan.Zero, NoticesWithin: null, IsPaused: false)));
    }

    public Task<ImmutableArray<DetectionView>> Detections(long? after, int limit) => store.Detections(after, limit);

    // A ping is too old too often to have a say.
    private static ComponentState Sum(ImmutableArray<BeliefView> beliefs)
    {
        var states = beliefs.ToDictionary(b => b.Detector, b => b.State);
        return states[Detector.Membership] == ComponentState.Dead ? ComponentState.Dead : states[Detector.Heartbeat];
    }
}
