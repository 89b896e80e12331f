namespace TravelHub.Grains.Analytics;

/// <summary>
/// How long questions may keep the database at work: a share of the time, saved up to some seconds for who asks seldom. Whoever floods gets the share and no
/// more, so that bookings keep the rest of the machine.
/// </summary>
internal sealed class AnalyticsBudget
{
    /// <summary>What an answer costs at least: its rows are made, sent and written, however quickly the database found them.</summary>
    public static readonly TimeSpan LeastCost = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private readonly double _share;
    private readonly TimeSpan _most;
    private readonly TimeProvider _time;

    /// <summary>Below nothing while a long answer is paid off. Invariant: at most <see cref="_most"/>.</summary>
    private TimeSpan _left;

    private long _asOf;

    /// <param name="share">Of the time, where 1 is one core.</param>
    /// <param name="most">What is saved up at most, and at first.</param>
    public AnalyticsBudget(double share, TimeSpan most, TimeProvider time) =>
        (_share, _most, _time, _left, _asOf) = (share, most, time, most, time.GetTimestamp());

    /// <returns>How long a question has to wait; nothing when it may be asked at once.</returns>
    public TimeSpan Wait()
    {
        lock (_lock)
        {
            Refill();
            return _left > TimeSpan.Zero ? TimeSpan.Zero : -_left / _share;
        }
    }

    /// <param name="took">How long the database was at work on an answer; it counts for <see cref="LeastCost"/> at least.</param>
    public void Spend(TimeSpan took)
    {
        lock (_lock)
        {
            Refill();
            _left -= took > LeastCost ? took : LeastCost;
        }
    }

    private void Refill()
    {
        var refilled = _left + (_time.GetElapsedTime(_asOf) * _share);
        (_left, _asOf) = (refilled < _most ? refilled : _most, _time.GetTimestamp());
    }
}
