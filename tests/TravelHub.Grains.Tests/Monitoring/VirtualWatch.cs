using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

/// <summary>What becomes of the monitor when its component dies.</summary>
public enum MonitorFate
{
    Stays,

    /// <summary>It dies too, and is back some seconds later on a silo that has been there all the while.</summary>
    MovesToAnOldSilo,

    /// <summary>It dies too, and is back, a while later, on a silo that has just been started and has seen nothing before.</summary>
    MovesToANewSilo,
}

/// <summary>A component, its detectors and their store on virtual time. Seconds throughout; phases, delays and the store's absences are drawn from the seed.</summary>
internal sealed class VirtualWatch
{
    // A silo that took longer could not accuse in time: it has to see the store for a stale period first, and the next check may be a period away.
    private const double LongestStart = 60;

    private readonly MonitoringOptions _options;
    private readonly double _death;
    private readonly (double From, double To)[] _absences;
    private readonly double _newSiloSince = double.PositiveInfinity;
    private readonly List<double> _beats = [];
    private readonly List<(double At, ComponentState State)> _heartbeatVerdicts = [];
    private readonly List<(double At, ComponentState State)> _pingVerdicts = [];

    /// <param name="death">When the component dies; infinity for never.</param>
    /// <param name="absences">When the store is away; in order, apart from each other.</param>
    public VirtualWatch(MonitoringOptions options, Random random, double death, MonitorFate fate, double end, params (double From, double To)[] absences)
    {
        (_options, _death, _absences) = (options, death, absences);
        Beat(random, end);
        var away = fate switch
        {
            MonitorFate.Stays => (From: double.MaxValue, To: double.MaxValue),
            MonitorFate.MovesToAnOldSilo => (From: death, To: death + (random.NextDouble() * 15)),
            _ => (From: death, To: death + (random.NextDouble() * LongestStart)),
        };
        if (fate == MonitorFate.MovesToANewSilo)
            _newSiloSince = away.To;
        Check(random, away, end);
        var pingPhase = random.NextDouble() * options.PingPeriod.TotalSeconds;
        for (var (at, state) = (pingPhase, ComponentState.Unknown); at < end; at += options.PingPeriod.TotalSeconds)
        {
            if (!IsStoreThere(at) || (at >= away.From && at < away.To))
                continue;
            var again = at + (options.Patience + options.Blink).TotalSeconds;
            var (hasAnswered, judgedAt) = Echoes(at) ? (true, at) : (Echoes(again), again + options.Patience.TotalSeconds);
            if (IsStoreThere(judgedAt))
                Note(_pingVerdicts, judgedAt, ref state, DetectorMachine.JudgeEcho(state, hasAnswered, ReadingAt(judgedAt), options));
        }
    }

    /// <summary>When the heartbeat first took the component for dead.</summary>
    public double? HeartbeatAccusedAt => FirstAccusation(_heartbeatVerdicts);

    public double? PingAccusedAt => FirstAccusation(_pingVerdicts);

    public double LastBeat => _beats[^1];

    // As ComponentBeats does it: exercise, write, wait; what could not be written is tried again after the store's period.
    private void Beat(Random random, double end)
    {
        for (var at = random.NextDouble() * _options.BeatPeriod.TotalSeconds; at < end;)
        {
            var written = at + (random.NextDouble() * _options.Patience.TotalSeconds);
            if (written >= _death)
                return;
            var isKept = IsStoreThere(at) && IsStoreThere(written);
            if (isKept)
                _beats.Add(written);
            at = written + (isKept ? _options.BeatPeriod : _options.StorePeriod).TotalSeconds;
        }
    }

    // As MonitorGrain does it: each period, and once more when it may accuse whom it had to spare.
    private void Check(Random random, (double From, double To) away, double end)
    {
        var state = ComponentState.Unknown;
        double? again = null;
        for (var next = random.NextDouble() * _options.CheckPeriod.TotalSeconds; Math.Min(next, again ?? next) is var at && at < end;)
        {
            if (at == again)
                again = null;
            else
                next += _options.CheckPeriod.TotalSeconds;
            if (!IsStoreThere(at) || (at >= away.From && at < away.To))
                continue;
            var reading = ReadingAt(at);
            again ??= at + DetectorMachine.LookAgainIn(state, reading, _options)?.TotalSeconds;
            Note(_heartbeatVerdicts, at, ref state, DetectorMachine.Judge(state, reading, _options));
        }
    }

    private Reading ReadingAt(double at)
    {
        var last = _beats.FindLastIndex(beat => beat <= at);
        return new Reading(last < 0 ? null : TimeSpan.FromSeconds(at - _beats[last]), StoreFor(at));
    }

    // As StoreWatch does it: an absence as short as a blink may go by unseen, a return is seen up to a period late.
    private TimeSpan StoreFor(double at)
    {
        if (!IsStoreThere(at))
            return TimeSpan.Zero;
        var seen = _absences.Where(a => a.To <= at && a.To - a.From > _options.Blink.TotalSeconds).Select(a => (double?)a.To).LastOrDefault();
        return TimeSpan.FromSeconds(Math.Max(0, at - Math.Max(seen ?? -1_000, at < _newSiloSince ? -1_000 : _newSiloSince)));
    }

    // An exercise fails when the component is dead, and when the store is not there at its end.
    private bool Echoes(double at) => at < _death && IsStoreThere(at) && IsStoreThere(at + (_options.Patience.TotalSeconds / 2));

    private bool IsStoreThere(double at) => !_absences.Any(a => at >= a.From && at < a.To);

    private static void Note(List<(double, ComponentState)> verdicts, double at, ref ComponentState state, ComponentState verdict)
    {
        if (verdict != state)
            verdicts.Add((at, verdict));
        state = verdict;
    }

    private static double? FirstAccusation(List<(double At, ComponentState State)> verdicts) =>
        verdicts.Where(v => v.State == ComponentState.Dead).Select(v => (double?)v.At).FirstOrDefault();
}
