using TravelHub.Grains.Abstractions.Monitoring;
using TravelHub.Grains.Monitoring;

namespace TravelHub.Grains.Tests.Monitoring;

/// <summary>A component, its detectors and their store on virtual time. Seconds throughout; phases, delays and the store's absences are drawn from the seed.</summary>
internal sealed class VirtualWatch
{
    private readonly MonitoringOptions _options;
    private readonly double _death;
    private readonly (double From, double To)[] _absences;
    private readonly List<double> _beats = [];
    private readonly List<(double At, ComponentState State)> _heartbeatVerdicts = [];
    private readonly List<(double At, ComponentState State)> _pingVerdicts = [];

    /// <param name="death">When the component dies; infinity for never.</param>
    /// <param name="takesMonitor">Whether its monitor dies with it, and is back elsewhere only some seconds later.</param>
    /// <param name="absences">When the store is away; in order, apart from each other.</param>
    public VirtualWatch(MonitoringOptions options, Random random, double death, bool takesMonitor, double end, params (double From, double To)[] absences)
    {
        (_options, _death, _absences) = (options, death, absences);
        Beat(random, end);
        var away = takesMonitor ? (From: death, To: death + (random.NextDouble() * 15)) : (From: double.MaxValue, To: double.MaxValue);
        var checkPhase = random.NextDouble() * options.CheckPeriod.TotalSeconds;
        for (var (at, state) = (checkPhase, ComponentState.Unknown); at < end; at += options.CheckPeriod.TotalSeconds)
        {
            if (!IsStoreThere(at) || (at >= away.From && at < away.To))
                continue;
            Note(_heartbeatVerdicts, at, ref state, DetectorMachine.Judge(state, ReadingAt(at), options));
        }

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
        return TimeSpan.FromSeconds(Math.Max(0, at - (seen ?? -1_000)));
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
