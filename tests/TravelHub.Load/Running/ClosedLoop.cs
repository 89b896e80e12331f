using TravelHub.Load.Recording;
using TravelHub.Load.Schedule;
using TravelHub.Load.Sending;

namespace TravelHub.Load.Running;

/// <summary>
/// Clients who send the next booking when the last is answered: how much can be carried. They wait with a target that is slow, so their latencies flatter it; those of
/// a <see cref="LoadRun"/> do not.
/// </summary>
public sealed class ClosedLoop(IRequestSender sender, TimeProvider time)
{
    private const int Digits = 3;

    /// <param name="options">Gives the bookings, whose times are not kept, and how long it lasts.</param>
    /// <param name="clients">How many are under way at once.</param>
    /// <exception cref="ArgumentException">The options are out of range; names everything that is.</exception>
    public async Task<ClosedLoopReport> Run(LoadOptions options, int clients, CancellationToken cancellationToken)
    {
        using var requests = LoadSchedule.Of(options).GetEnumerator();
        var latencies = new LatencyRecorder(Digits);
        var (confirmed, other) = (0L, 0L);
        var gate = new Lock();
        var start = time.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(Loop)));
        return new ClosedLoopReport(confirmed, other, time.GetElapsedTime(start), latencies.Summary());

        async Task Loop()
        {
            while (time.GetElapsedTime(start) < options.Duration && Next() is { } request)
            {
                var sent = time.GetTimestamp();
                var isConfirmed = await sender.Send(request, cancellationToken) is RequestFate.Answered { Status: 201 };
                lock (gate)
                {
                    confirmed += isConfirmed ? 1 : 0;
                    other += isConfirmed ? 0 : 1;
                    latencies.Record(time.GetElapsedTime(sent));
                }
            }
        }

        PlannedRequest? Next()
        {
            lock (gate)
                return requests.MoveNext() ? requests.Current : null;
        }
    }
}
