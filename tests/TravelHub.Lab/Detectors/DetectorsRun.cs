using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;
using TravelHub.Client.Http;
using TravelHub.Lab.Instances;

namespace TravelHub.Lab.Detectors;

/// <summary>
/// Kills each component at moments that have nothing to do with the detectors' periods, and measures when each detector says so. Components that need none of
/// the others are killed side by side, but never all groups of replicas: payments would die with them. Then the gateway and the silos, one after the other,
/// because with a silo dies what lives on it.
/// </summary>
internal sealed class DetectorsRun(LabSite site, int seed, DetectorPeriods periods, int rounds, Action<string> say, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    // Membership declares a death within 20 s, whatever the others' periods.
    private static readonly TimeSpan MembershipPatience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<Killed> _kills = [];
    private readonly ConcurrentQueue<string> _unusable = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _deadUntil = new();
    private readonly ConcurrentDictionary<string, int> _mistakes = new();

    /// <summary>Which components are killed; null for all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public async Task<DetectorsReport> Run(CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, string>(site.Extra);
        foreach (var (name, value) in periods.Settings())
            settings[name] = value;
        var own = site with { TakesFaults = true, Extra = settings };
        await using var instance = await LabInstance.Start(own, say, time, cancellationToken);
        await using var database = NpgsqlDataSource.Create(instance.ConnectionString);
        using var killer = new ComponentKiller(instance);
        var store = new DetectionStore(database);
        var phi = new PhiWatch(store, periods, time);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = phi.Run(IsDead, watching.Token);
        var all = await UntilAllAreAlive(store, cancellationToken);
        if (Only?.Except(all).ToArray() is { Length: > 0 } unknown)
            throw new InputException($"There is no component {string.Join(", ", unknown)}; there are: {string.Join(", ", all)}.");
        var components = all.Where(c => Only?.Contains(c) ?? true).ToList();
        var began = time.GetUtcNow();
        var apart = components.Where(c => !IsShared(c)).ToList();
        using var groupsAway = new SemaphoreSlim(Math.Max(all.Count(IsGroup) - 1, 1));
        await Task.WhenAll(apart.Select((component, lane) => Lane(component, lane, IsGroup(component) ? groupsAway : null, killer, store, phi, cancellationToken)));
        await CountMistakes(store, began, cancellationToken);
        var phiMistakes = phi.Mistakes;
        foreach (var (lane, component) in components.Where(IsShared).Index())
            await Lane(component, apart.Count + lane, turn: null, killer, store, phi, cancellationToken);
        var hours = periods.Seconds(time.GetUtcNow() - began) / 3_600;
        await watching.CancelAsync();
        await watch;
        _mistakes["phi"] = phiMistakes;
        return new DetectorsReport(seed, periods.Compressed, [.. _kills], _mistakes, hours, [.. _unusable]);
    }

    private static bool IsShared(string component) => component != "provider" && ComponentKiller.IsProcess(component);

    private static bool IsGroup(string component) => component.StartsWith("replicas-", StringComparison.Ordinal);

    private bool IsDead(string component) => _deadUntil.TryGetValue(component, out var until) && time.GetUtcNow() <= until;

    private async Task<List<string>> UntilAllAreAlive(DetectionStore store, CancellationToken cancellationToken)
    {
        while (true)
        {
            var beliefs = await store.Beliefs(cancellationToken);
            var components = beliefs.Keys.Select(key => key.Component).Distinct().Order(StringComparer.Ordinal).ToList();
            string[] parts = ["analytics", "gateway", "inventory", "payments", "provider", "replicas-0", "reservations", "search", "silo-1", "silo-2", "silo-3"];
            if (parts.All(components.Contains) && components.All(c => IsAlive(beliefs, c)))
                return components;
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    private static bool IsAlive(IReadOnlyDictionary<(string, string), string> beliefs, string component) =>
        beliefs.GetValueOrDefault((component, "heartbeat")) == "alive" && beliefs.GetValueOrDefault((component, "ping")) == "alive";

    private async Task Lane(
        string component, int lane, SemaphoreSlim? turn, ComponentKiller killer, DetectionStore store, PhiWatch phi, CancellationToken cancellationToken)
    {
        var random = new Random(unchecked((seed * 397) ^ lane));
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(periods.Ping * random.NextDouble(), time, cancellationToken);
            await (turn?.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            _deadUntil[component] = DateTimeOffset.MaxValue;
            var killed = await Kill(component, killer, store, phi, cancellationToken);
            _kills.Enqueue(killed);
            say($"{component}: {string.Join(", ", killed.Seconds.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:0.0} s")))}");
            await UntilAlive(component, store, cancellationToken);
            _deadUntil[component] = time.GetUtcNow() + periods.StaleAfter;
            turn?.Release();
        }
    }

    private async Task<Killed> Kill(string component, ComponentKiller killer, DetectionStore store, PhiWatch phi, CancellationToken cancellationToken)
    {
        await using var away = await killer.Kill(component, cancellationToken);
        var began = time.GetUtcNow();
        var seconds = new Dictionary<string, double>();
        var isSilo = component.StartsWith("silo-", StringComparison.Ordinal);
        var wanted = isSilo ? DetectorsReport.Detectors : [.. DetectorsReport.Detectors.Where(d => d != "membership")];
        var patience = (periods.Ping + periods.Check + periods.StaleAfter) + (isSilo ? MembershipPatience : TimeSpan.Zero);
        while (seconds.Count < wanted.Count && time.GetUtcNow() - began < patience)
        {
            await Task.Delay(Poll, time, cancellationToken);
            foreach (var death in (await store.Deaths(began, cancellationToken)).Where(death => death.Component == component))
                seconds.TryAdd(death.Detector, death.Detector == "membership" ? (death.At - began).TotalSeconds : periods.Seconds(death.At - began));
            if (phi.Suspects.TryGetValue(component, out var at) && at >= began)   // who was suspected before was not found out
                seconds.TryAdd("phi", periods.Seconds(at - began));
        }

        return new Killed(component, seconds);
    }

    private async Task UntilAlive(string component, DetectionStore store, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (!IsAlive(await store.Beliefs(cancellationToken), component))
        {
            if (time.GetElapsedTime(start) > (2 * periods.Ping) + TimeSpan.FromMinutes(2))
            {
                _unusable.Enqueue($"{component} did not come back");
                return;
            }

            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    private async Task CountMistakes(DetectionStore store, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var deaths = await store.Deaths(since, cancellationToken);
        foreach (var detector in DetectorsReport.Detectors)
        {
            var said = deaths.Where(death => death.Detector == detector).CountBy(death => death.Component).ToDictionary();
            var right = _kills.Where(kill => kill.Seconds.ContainsKey(detector)).CountBy(kill => kill.Component).ToDictionary();
            _mistakes[detector] = said.Sum(s => Math.Max(0, s.Value - right.GetValueOrDefault(s.Key)));
        }
    }
}
