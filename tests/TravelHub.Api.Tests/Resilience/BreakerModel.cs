namespace TravelHub.Api.Tests.Resilience;

/// <summary>What a breaker should do, said as simply as possible: a call knows the period in which it began, and only that period's calls count.</summary>
internal sealed class BreakerModel(int failuresToOpen, int breakTicks, int probeTicks)
{
    private object _period = new();
    private int _inARow;
    private int? _closedUntil;   // no call before this tick; null while calls pass

    public object? Start(int now)
    {
        if (_closedUntil > now)
            return null;
        if (_closedUntil is not null)
            (_period, _closedUntil) = (new object(), now + probeTicks);
        return _period;
    }

    public void End(object call, bool? succeeded, int now)
    {
        if (call != _period)
            return;
        var isProbe = _closedUntil is not null;
        _inARow = succeeded switch { true => 0, false => _inARow + 1, _ => _inARow };
        if (isProbe && succeeded == true)
            (_period, _closedUntil) = (new object(), null);
        else if (succeeded == false && _inARow >= failuresToOpen)
            (_period, _closedUntil) = (new object(), now + breakTicks);
        else if (isProbe)
            (_period, _closedUntil) = (new object(), now);
    }
}
