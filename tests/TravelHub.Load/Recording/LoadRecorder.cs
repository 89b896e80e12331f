using TravelHub.Load.Reporting;
using TravelHub.Load.Running;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Recording;

/// <summary>Counts and measures the requests of a run, those of the warm-up left out; for many threads.</summary>
internal sealed class LoadRecorder(LoadOptions options)
{
    private const int Digits = 3;
    private const int ReasonsKept = 10;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, SecondTally> _seconds = [];
    private readonly SortedDictionary<int, long> _byStatus = [];
    private readonly SortedDictionary<string, long> _reasons = new(StringComparer.Ordinal);
    private readonly LatencyRecorder _all = new(Digits);
    private readonly LatencyRecorder _succeeded = new(Digits);
    private readonly LatencyRecorder _bookings = new(Digits);
    private readonly LatencyRecorder _searches = new(Digits);
    private readonly LatencyRecorder _startLag = new(Digits);
    private long _warmUp;
    private long _due;
    private long _sent;
    private long _held;
    private long _indeterminate;
    private long _unreachable;
    private TimeSpan _lastSent;

    public void Record(RequestRecord record)
    {
        lock (_gate)
        {
            if (record.Planned.IsWarmUp)
            {
                _warmUp++;
                return;
            }

            _due++;
            _held += record.IsHeld ? 1 : 0;
            RecordLatency(record);
            RecordFate(record.Fate);
            if (record is not { Sent: { } sent, StartLag: { } lag })
                return;
            _sent++;
            _startLag.Record(lag);
            if (sent > _lastSent)
                _lastSent = sent;
        }
    }

    /// <param name="dispatchedFor">How long requests were due, the warm-up included.</param>
    /// <param name="isCut">Whether the run ended before its schedule.</param>
    public LoadReport Report(DateTimeOffset startedAt, TimeSpan dispatchedFor, bool isCut)
    {
        lock (_gate)
        {
            var dueSeconds = Math.Max(0, (dispatchedFor - options.WarmUp).TotalSeconds);
            // Requests that were held went out until later, and so at a lower rate.
            var sendingSeconds = Math.Max(dueSeconds, (_lastSent - options.WarmUp).TotalSeconds);
            var answered = _byStatus.Values.Sum();
            return new LoadReport
            {
                Run = options.Run,
                Seed = options.Seed,
                StartedAt = startedAt,
                IsCut = isCut,
                Arrivals = options.Arrivals,
                Rooms = options.Rooms,
                RoomTypes = options.RoomTypes,
                SearchShare = options.SearchShare,
                MaxInFlight = options.MaxInFlight,
                WarmUpRequests = _warmUp,
                MeasuredSeconds = dueSeconds,
                AskedPerSecond = options.RatePerSecond,
                DuePerSecond = PerSecond(_due, dueSeconds),
                SentPerSecond = PerSecond(_sent, sendingSeconds),
                AnsweredPerSecond = PerSecond(answered, sendingSeconds),
                Due = _due,
                Sent = _sent,
                Answered = answered,
                ByStatus = new SortedDictionary<int, long>(_byStatus),
                Indeterminate = _indeterminate,
                Unreachable = _unreachable,
                NeverSent = _due - _sent,
                Held = _held,
                Reasons = new SortedDictionary<string, long>(_reasons, StringComparer.Ordinal),
                Latency = _all.Summary(),
                SucceededLatency = _succeeded.Summary(),
                BookingLatency = _bookings.Summary(),
                SearchLatency = _searches.Summary(),
                StartLag = _startLag.Summary(),
                Timeline = [.. _seconds.Select(second => second.Value.Report(second.Key))],
            };
        }
    }

    private void RecordLatency(RequestRecord record)
    {
        _all.Record(record.Latency);
        (record.Planned.Kind == RequestKind.Search ? _searches : _bookings).Record(record.Latency);
        if (record.Fate is RequestFate.Answered { IsSuccess: true })
            _succeeded.Record(record.Latency);

        var second = (int)(record.Planned.Start - options.WarmUp).TotalSeconds;
        if (!_seconds.TryGetValue(second, out var tally))
            _seconds[second] = tally = new SecondTally();
        tally.Record(record);
    }

    private void RecordFate(RequestFate fate)
    {
        switch (fate)
        {
            case RequestFate.Answered{ Status: var status }:
                _byStatus[status] = _byStatus.GetValueOrDefault(status) + 1;
                break;
            case RequestFate.Indeterminate(var why):
                _indeterminate++;
                Count(why);
                break;
            case RequestFate.Unreachable(var why):
                _unreachable++;
                Count(why);
                break;
        }
    }

    private void Count(string why)
    {
        if (_reasons.Count < ReasonsKept || _reasons.ContainsKey(why))
            _reasons[why] = _reasons.GetValueOrDefault(why) + 1;
    }

    private static double PerSecond(long count, double seconds) => seconds > 0 ? count / seconds : 0;
}
