namespace TravelHub.Api.Resilience;

/// <summary>
/// Opens when exactly <see cref="BreakerOptions.FailuresToOpen"/> failures have completed in a row, and lets one call at a time through after
/// the break. Only a call that started in the present state can change it.
/// </summary>
internal sealed class Breaker(BreakerOptions options, TimeProvider time)
{
    private enum Position
    {
        Closed,
        Open,
        HalfOpen,
    }

    private readonly Lock _lock = new();
    private Position _position;
    private DateTimeOffset _since = time.GetUtcNow();

    /// <summary>Invariant: below <see cref="BreakerOptions.FailuresToOpen"/> while closed, at least that otherwise.</summary>
    private int _failures;

    /// <summary>Grows with each change of state and each probe, so that results of earlier ones are known.</summary>
    private long _era;

    /// <summary>When the break, or the probe's time, began; and how long it lasts.</summary>
    private long _waitingSince;
    private TimeSpan _wait;

    private (string What, DateTimeOffset At)? _lastFailure;
    private long _answered, _failed, _rejected, _outdated, _probes, _opened;

    public long Era => Volatile.Read(ref _era);

    /// <summary>Whether the last call that ended has failed, or calls do not pass at all.</summary>
    public bool IsTroubled => Volatile.Read(ref _failures) > 0;

    /// <summary>How long until a call may pass; zero when one may now.</summary>
    public TimeSpan RetryAfter
    {
        get
        {
            lock (_lock)
                return _position == Position.Closed ? TimeSpan.Zero : Positive(_wait - time.GetElapsedTime(_waitingSince));
        }
    }

    /// <param name="retryAfter">When not: how long until a call may pass.</param>
    /// <returns>Null when the call must not be made.</returns>
    public BreakerPermit? TryEnter(out TimeSpan retryAfter)
    {
        var now = time.GetTimestamp();
        lock (_lock)
        {
            retryAfter = TimeSpan.Zero;
            if (_position == Position.Closed)
                return new BreakerPermit(this, _era, now);

            retryAfter = _wait - time.GetElapsedTime(_waitingSince, now);
            if (retryAfter > TimeSpan.Zero)
            {
                _rejected++;
                return null;
            }

            // The break is over, or the probe before took too long.
            if (_position != Position.HalfOpen)
                _since = time.GetUtcNow();
            (_position, _waitingSince, _wait) = (Position.HalfOpen, now, options.ProbeTimeout);
            _probes++;
            return new BreakerPermit(this, ++_era, now, IsProbe: true);
        }
    }

    /// <summary>Tells how a call ended; each permit is reported once.</summary>
    /// <param name="what">What the failure was, for who looks.</param>
    /// <returns>Whether this has opened it.</returns>
    public bool Report(BreakerPermit permit, CallVerdict verdict, string what = "")
    {
        lock (_lock)
        {
            if (verdict == CallVerdict.Answered)
                _answered++;
            else if (verdict == CallVerdict.Failed)
                (_failed, _lastFailure) = (_failed + 1, (what, time.GetUtcNow()));
            if (permit.Era != _era)
            {
                _outdated++;
                return false;
            }

            var opened = _opened;
            Move(verdict);
            return _opened > opened;
        }
    }

    public BreakerStatus Status()
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            DateTimeOffset? nextProbe = _position == Position.Closed ? null : now + Positive(_wait - time.GetElapsedTime(_waitingSince));
            var state = _position switch { Position.Closed => "closed", Position.Open => "open", _ => "half-open" };
            return new BreakerStatus(
                state, _failures, _since, nextProbe, _lastFailure?.What, _lastFailure?.At, _answered, _failed, _rejected, _outdated, _probes, _opened);
        }
    }

    private void Move(CallVerdict verdict)
    {
        switch (verdict)
        {
            case CallVerdict.Answered when _position == Position.Closed:
                _failures = 0;
                break;
            case CallVerdict.Answered:
                _failures = 0;
                Enter(Position.Closed, TimeSpan.Zero);
                break;
            case CallVerdict.Failed:
                _failures = _failures == int.MaxValue ? _failures : _failures + 1;
                if (_failures >= options.FailuresToOpen)
                    Enter(Position.Open, options.BreakDuration);
                break;
            case CallVerdict.Unknown when _position == Position.HalfOpen:
                Enter(Position.Open, TimeSpan.Zero);   // the probe was given up: the next call is one
                break;
        }
    }

    private void Enter(Position position, TimeSpan wait)
    {
        if (position == Position.Open && wait > TimeSpan.Zero)
            _opened++;
        (_position, _waitingSince, _wait, _since) = (position, time.GetTimestamp(), wait, time.GetUtcNow());
        _era++;
    }

    private static TimeSpan Positive(TimeSpan wait) => wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
}
