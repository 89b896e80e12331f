using TravelHub.Grains.Abstractions.Payments;

namespace TravelHub.Grains.Payments;

/// <summary>
/// Tells why a replica owes its answer. It is judged against a ping that goes the same way, and not by a clock alone: on a machine that is busy
/// everybody is late, and who cannot be reached is at no fault, unless that lasts while all silos answer and none is on its way out. Nor is anybody while silos go or come: the directory that leads
/// to grains is moving then, and code may be cold. One for each replica that a voter asks; single-threaded, like the grain that owns it.
/// </summary>
/// <param name="view">The version of the cluster's membership.</param>
/// <param name="ping">Whether the replica answers to its name within this time.</param>
/// <param name="areSilosWhole">Whether all silos answer within this time, and none is on its way out.</param>
internal sealed class ReplicaWitness(
    Func<long> view, Func<TimeSpan, Task<bool>> ping, Func<TimeSpan, Task<bool>> areSilosWhole, PaymentOptions options, TimeProvider time)
{
    private readonly long _firstView = view();
    private SiloAddress? _silo;
    private long _view;
    private long? _reachedIn;
    private long? _unreachableFrom;
    private long _unsettledFrom = time.GetTimestamp();

    // What was sent long before the ping and comes right behind it waited for the same thing.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the answer as long as it is worth holding up the next call.</summary>
    /// <param name="silo">Where the replica was last; null when that is not known.</param>
    /// <returns>Null for an answer in good time; it is judged by what it says.</returns>
    public async Task<Sighting?> Judge(Task answer, SiloAddress? silo)
    {
        _ = IsSettled(silo);
        if (await IsDone(answer, options.LateAfter, time))
        {
            _unreachableFrom = null;
            _reachedIn = answer.IsCompletedSuccessfully ? view() : _reachedIn;
            return OfAnswer(answer);
        }

        var pinged = ping(options.VoteTimeout - options.LateAfter);
        await Task.WhenAny(answer, pinged);
        if (!answer.IsCompleted && !await pinged)
            return await JudgeUnreachable(silo);
        _unreachableFrom = null;
        if (answer.IsCompletedSuccessfully || pinged is { IsCompletedSuccessfully: true, Result: true })
            _reachedIn = view();
        if (answer.IsCompleted)
            return OfAnswer(answer);
        if (await IsDone(answer, Grace, time))
            return OfAnswer(answer);
        var isAnswered = await IsDone(answer, options.OmittedAfter, time);
        if (!IsSettled(silo))
            return isAnswered ? OfAnswer(answer) : Sighting.Absent;
        return isAnswered ? OfAnswer(answer) ?? Sighting.Late : Sighting.Omission;
    }

    // Until a silo's death is known, whatever it kept for others hangs with it: a replica that lives elsewhere may be cut off by that. So it is with one
    // that is told to stop, for minutes when the database is away: it cannot put down that it goes.
    private async Task<Sighting> JudgeUnreachable(SiloAddress? silo)
    {
        _unreachableFrom ??= time.GetTimestamp();
        var mayBeBeingPlaced = view() != _firstView && view() != _reachedIn;
        var isLasting = time.GetElapsedTime(_unreachableFrom.Value) >= (mayBeBeingPlaced ? options.PlacedWithin : options.UnreachableFor);
        return isLasting && IsSettled(silo) && await areSilosWhole(options.LateAfter) ? Sighting.Omission : Sighting.Absent;
    }

    /// <summary>Waits for the end of it, good or bad, but not for ever.</summary>
    public static async Task<bool> IsDone(Task task, TimeSpan within, TimeProvider time)
    {
        if (task.IsCompleted)
            return true;
        try
        {
            await task.WaitAsync(within, time);
        }
        catch (Exception) when (task.IsCompleted)
        {
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }

        return true;
    }

    /// <summary>Whether it ends well within this time.</summary>
    public static async Task<bool> Succeeds(Task task, TimeSpan within, TimeProvider time) => await IsDone(task, within, time) && task.IsCompletedSuccessfully;

    private bool IsSettled(SiloAddress? silo)
    {
        var now = (silo, view());
        if (now != (_silo, _view))
            _unsettledFrom = time.GetTimestamp();
        (_silo, _view) = now;
        return time.GetElapsedTime(_unsettledFrom) >= options.SettlesWithin;
    }

    private static Sighting? OfAnswer(Task answer) => answer.Exception?.InnerException switch
    {
        null => null,
        OrleansException or TimeoutException or ObjectDisposedException => Sighting.Absent,   // the cluster's word, not the replica's
        _ => Sighting.Malformed,
    };
}
