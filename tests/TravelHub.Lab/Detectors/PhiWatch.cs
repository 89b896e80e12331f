using System.Collections.Concurrent;

namespace TravelHub.Lab.Detectors;

/// <summary>A φ-accrual detector for each component, fed by the heartbeats that the others are fed by.</summary>
internal sealed class PhiWatch(DetectionStore store, DetectorPeriods periods, TimeProvider time)
{
    private const double LeastDeviationShare = 0.05;
    private const double PollsPerBeat = 20;

    private readonly Dictionary<string, (PhiAccrual Detector, DateTimeOffset Last)> _components = [];
    private readonly ConcurrentDictionary<string, DateTimeOffset> _suspects = new();

    /// <summary>Who is suspected, and since when.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Suspects => _suspects;

    /// <summary>How often somebody was suspected who was not dead.</summary>
    public int Mistakes { get; private set; }

    /// <summary>Watches until cancelled.</summary>
    /// <param name="isDead">Whether a component is dead, or was a moment ago.</param>
    public async Task Run(Func<string, bool> isDead, CancellationToken cancellationToken)
    {
        using var polls = new PeriodicTimer(periods.Beat / PollsPerBeat, time);
        try
        {
            while (await polls.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var (component, last) in await store.LastBeats(cancellationToken))
                    Look(component, last, isDead);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // All was seen.
        }
    }

    private void Look(string component, DateTimeOffset last, Func<string, bool> isDead)
    {
        var (detector, known) = _components.GetValueOrDefault(component, (new PhiAccrual(periods.Beat * LeastDeviationShare), DateTimeOffset.MinValue));
        if (last > known)
        {
            if (_suspects.TryRemove(component, out _))
                detector.Restart();
            detector.Beat(last);
        }

        _components[component] = (detector, last);
        var now = time.GetUtcNow();
        if (detector.IsSuspect(now) && _suspects.TryAdd(component, now) && !isDead(component))
            Mistakes++;
    }
}
