namespace TravelHub.Lab.Detectors;

/// <summary>
/// The accrual detector of Hayashibara et al., "The φ accrual failure detector" (2004): φ is minus the decimal logarithm of the chance that the next beat is
/// still to come, when gaps are normally distributed as the last ones were. Pure.
/// </summary>
internal sealed class PhiAccrual(TimeSpan leastDeviation)
{
    /// <summary>At this φ a component is suspected: one gap in 10⁸ is that long.</summary>
    public const double Threshold = 8;

    private const int Window = 100;
    private const int FewestGaps = 5;

    private readonly Queue<double> _gaps = [];
    private DateTimeOffset? _last;

    public void Beat(DateTimeOffset at)
    {
        if (_last is { } last && at > last)
            _gaps.Enqueue((at - last).TotalSeconds);
        if (_gaps.Count > Window)
            _gaps.Dequeue();
        _last = at;
    }

    /// <summary>The silence until now is no gap: whoever was dead begins anew.</summary>
    public void Restart() => _last = null;

    public bool IsSuspect(DateTimeOffset now) => Phi(now) >= Threshold;

    /// <returns>0 as long as too few beats came to tell.</returns>
    public double Phi(DateTimeOffset now)
    {
        if (_last is not { } last || _gaps.Count < FewestGaps)
            return 0;
        var mean = _gaps.Average();
        var deviation = Math.Max(Math.Sqrt(_gaps.Average(gap => (gap - mean) * (gap - mean))), leastDeviation.TotalSeconds);
        // The logistic function is near enough to the normal distribution, and does not run out of digits where that does.
        var y = ((now - last).TotalSeconds - mean) / deviation;
        var exponent = -y * (1.5976 + (0.070566 * y * y));
        return y > 0 ? -Math.Log10(Math.Exp(exponent) / (1 + Math.Exp(exponent))) is var phi && double.IsFinite(phi) ? phi : double.MaxValue
            : -Math.Log10(1 - (1 / (1 + Math.Exp(exponent))));
    }
}
