using HdrHistogram;

namespace TravelHub.Client.Replay;

/// <summary>Counts what the clients of a run meet; for many threads.</summary>
internal sealed class ReplayTally(TimeProvider time)
{
    private const int ErrorsKept = 10;
    private const long LongestMicroseconds = 3_600_000_000;

    private readonly Lock _gate = new();
    private readonly LongHistogram _bookingMicroseconds = new(LongestMicroseconds, 3);
    private readonly List<string> _firstErrors = [];
    private readonly long _start = time.GetTimestamp();
    private TimeSpan _lastSuccess;
    private TimeSpan _longestStretch;

    public int Accepted { get; private set; }

    public int SoldOut { get; private set; }

    public int Cancelled { get; private set; }

    /// <summary>Cancellations of rows that had not been accepted; nothing was sent.</summary>
    public int CancellationsSkipped { get; private set; }

    public int Errors { get; private set; }

    /// <summary>Requests answered; repetitions of one request count once.</summary>
    public int Requests { get; private set; }

    /// <summary>Steps of the plan that are over.</summary>
    public int Steps { get; private set; }

    public IReadOnlyList<string> FirstErrors => _firstErrors;

    /// <summary>The longest time in which nobody's request succeeded, up to now. What is sold out was answered, and counts as a success.</summary>
    public TimeSpan LongestStretch
    {
        get
        {
            lock (_gate)
                return Longest(_longestStretch, time.GetElapsedTime(_start) - _lastSuccess);
        }
    }

    /// <param name="latency">From the first attempt to the outcome, with all repetitions and polls.</param>
    public void Booked(BookingFate fate, TimeSpan latency)
    {
        lock (_gate)
        {
            Steps++;
            Requests++;
            _bookingMicroseconds.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds));
            if (fate == BookingFate.Accepted)
                Accepted++;
            else if (fate == BookingFate.SoldOut)
                SoldOut++;
            if (fate is BookingFate.Accepted or BookingFate.SoldOut)
                Succeed();
        }
    }

    public void CancellationEnded(bool isCancelled)
    {
        lock (_gate)
        {
            Steps++;
            Requests++;
            if (isCancelled)
            {
                Cancelled++;
                Succeed();
            }
        }
    }

    public void CancellationSkipped()
    {
        lock (_gate)
        {
            Steps++;
            CancellationsSkipped++;
        }
    }

    public void Error(int line, string what)
    {
        lock (_gate)
        {
            Errors++;
            if (_firstErrors.Count < ErrorsKept)
                _firstErrors.Add($"line {line}: {what}");
        }
    }

    public double BookingMilliseconds(double percentile)
    {
        lock (_gate)
            return _bookingMicroseconds.TotalCount == 0 ? 0 : _bookingMicroseconds.GetValueAtPercentile(percentile) / 1000.0;
    }

    private void Succeed()
    {
        var now = time.GetElapsedTime(_start);
        _longestStretch = Longest(_longestStretch, now - _lastSuccess);
        _lastSuccess = now;
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
