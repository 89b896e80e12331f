using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TravelHub.PaymentSandbox.Tests;

/// <summary>A clock that stands until a test moves it, and that tells when the program has begun to wait.</summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>For how long the program waits, once it does.</summary>
    public async Task<TimeSpan> NextWait() => await _waits.Reader.ReadAsync(TestContext.Current.CancellationToken);
}
