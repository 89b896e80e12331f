using HdrHistogram;
using TravelHub.Load.Reporting;

namespace TravelHub.Load.Recording;

/// <summary>Latencies of one sort, in microseconds. Not for several threads.</summary>
/// <param name="significantDigits">How exact it is: 3 digits are within 0.1 %, 2 within 1 % and a tenth of the memory.</param>
internal sealed class LatencyRecorder(int significantDigits)
{
    // Longer than any run may last, so that nothing is ever cut off.
    private const long LongestMicroseconds = 8L * 3_600_000_000;

    private readonly LongHistogram _microseconds = new(LongestMicroseconds, significantDigits);

    // Kept beside the histogram, which rounds.
    private TimeSpan _longest;

    public void Record(TimeSpan latency)
    {
        // A clock's last digit may put an end before its start; the histogram begins at 1.
        _microseconds.RecordValue(Math.Clamp((long)latency.TotalMicroseconds, 1, LongestMicroseconds));
        if (latency > _longest)
            _longest = latency;
    }

    /// <summary>The figures, or null when nothing was recorded.</summary>
    public LatencySummary? Summary() => _microseconds.TotalCount == 0 ? null : new LatencySummary(
        _microseconds.TotalCount, Milliseconds(50), Milliseconds(90), Milliseconds(99), Milliseconds(99.9), _longest.TotalMilliseconds);

    // The histogram rounds a rank to the nearest; by nearest rank it is the next whole one, never one below. A bucket answers with its upper end, which may
    // lie above the longest that was there.
    private double Milliseconds(double percentile)
    {
        var rank = Math.Ceiling(percentile * _microseconds.TotalCount / 100);
        return Math.Min(_microseconds.GetValueAtPercentile(100 * rank / _microseconds.TotalCount) / 1000.0, _longest.TotalMilliseconds);
    }
}
