using Microsoft.Extensions.Options;

namespace TravelHub.Api.Limits;

/// <summary>Counts what is under way, and lets in what its priority still has room for.</summary>
internal sealed class Admission(IOptions<LimitOptions> options)
{
    private readonly int _most = options.Value.MostUnderWay;

    /// <summary>Invariant: 0 &lt;= _underWay &lt;= _most, but for a moment in which one that is turned away is counted.</summary>
    private int _underWay;

    public bool TryEnter(Priority priority)
    {
        var percent = priority switch { Priority.Payment => 100, Priority.Booking => 90, Priority.Search => 70, _ => 40 };
        if (Interlocked.Increment(ref _underWay) <= _most * (long)percent / 100)
            return true;
        Interlocked.Decrement(ref _underWay);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _underWay);
}
